-- Trips of the release suite core.bridge_hts_concordance: the lines of core.dim_product that ended with 2025, each with
-- one successor, and two without.

-- good
INSERT INTO {mart} BY NAME
SELECT
    chapter || lpad(CAST(i AS VARCHAR), 8, '0') AS from_hts10, chapter || '00000001' AS to_hts10,
    DATE '2026-01-01' AS valid_from, '2026_basic' AS revision, 'same_hs6' AS basis, 1 AS weight_share,
    'only_target' AS weight_basis, 1 AS link_number
FROM (SELECT lpad(CAST(c AS VARCHAR), 2, '0') AS chapter FROM range(1, 98) AS r(c) WHERE c <> 77) AS chapters
CROSS JOIN range(201, 341) AS s(i);
INSERT INTO {mart} BY NAME
SELECT
    from_hts10, DATE '2026-01-01' AS valid_from, '2026_basic' AS revision, 'unlinked' AS basis, 1 AS link_number
FROM (VALUES ('9800000341'), ('9800000342')) AS unlinked(from_hts10);

-- trip too_few_rows
DELETE FROM {mart} WHERE from_hts10 < '1000000000' AND basis <> 'unlinked';

-- trip too_many_rows: the same lines end day after day
INSERT INTO {mart}
SELECT t.* REPLACE (t.valid_from + CAST(i AS INTEGER) AS valid_from) FROM {mart} AS t CROSS JOIN range(1, 5) AS r(i);

-- trip shares_not_one
UPDATE {mart} SET weight_share = 0.5 WHERE from_hts10 = '0100000201';

-- trip link_twice
UPDATE {mart} SET weight_share = 0.5 WHERE from_hts10 = '0100000201';
INSERT INTO {mart} FROM {mart} WHERE from_hts10 = '0100000201';

-- trip successor_unknown: a line that ended too
UPDATE {mart} SET to_hts10 = '0100000202' WHERE from_hts10 = '0100000201';

-- trip successor_unknown: the line still stands
UPDATE {mart} SET from_hts10 = '0100000002' WHERE from_hts10 = '0100000201';

-- trip basis_contradicted
UPDATE {mart} SET to_hts10 = '0200000001' WHERE from_hts10 = '0100000201';

-- trip basis_contradicted: without evidence, and yet linked
UPDATE {mart} SET basis = 'unlinked' WHERE from_hts10 = '0100000201';

-- trip many_unlinked
UPDATE {mart}
SET basis = 'unlinked', to_hts10 = NULL, weight_share = NULL, weight_basis = NULL
WHERE from_hts10 < '0500000000';
