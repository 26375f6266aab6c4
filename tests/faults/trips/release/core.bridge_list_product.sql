-- Trips of the release suite core.bridge_list_product: the lists of Section 301 as margins name them, and lists of law.

-- good
INSERT INTO {mart} BY NAME
SELECT
    'footnote:' || heading AS list_code,
    place || lpad(i::VARCHAR, 7, '0') AS hts_prefix,
    'footnote' AS evidence,
    'footnote to a line' AS citation,
    DATE '1900-01-01' AS valid_from,
    DATE '9999-12-31' AS valid_to,
    DATE '1900-01-01' AS known_from,
    DATE '9999-12-31' AS known_to
FROM (VALUES ('9903.88.01', 860, 1), ('9903.88.02', 287, 2), ('9903.88.03', 5906, 3), ('9903.88.15', 2963, 4))
    AS margins(heading, lines, place)
CROSS JOIN range(5906) AS r(i)
WHERE i < lines;
INSERT INTO {mart} BY NAME
SELECT
    list_code,
    lpad(i::VARCHAR, 6, '0') AS hts_prefix,
    evidence,
    'annex 1' AS citation,
    DATE '2025-04-05' AS valid_from,
    DATE '9999-12-31' AS valid_to,
    DATE '2025-04-02' AS known_from,
    DATE '9999-12-31' AS known_to
FROM (VALUES ('list_a', 'official'), ('list_b', 'act'), ('list_compiled', 'compiled')) AS lists(list_code, evidence)
CROSS JOIN range(2200) AS r(i);

-- trip too_few_rows
DELETE FROM {mart} WHERE list_code = 'list_a';

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(150) WHERE list_code = 'list_a';

-- trip prefix_shape: as printed
UPDATE {mart} SET hts_prefix = '0001.23' WHERE list_code = 'list_a' AND hts_prefix = '000123';

-- trip evidence_unknown
UPDATE {mart} SET evidence = 'a page' WHERE list_code = 'list_a' AND hts_prefix = '000123';

-- trip evidence_unknown: no document
UPDATE {mart} SET citation = ' ' WHERE list_code = 'list_a' AND hts_prefix = '000123';

-- trip margin_mixed
UPDATE {mart} SET evidence = 'footnote', citation = 'footnote to a line' WHERE list_code = 'list_b';

-- trip section_301_lists: the margins of one list are lost
UPDATE {mart} SET known_from = DATE '2025-03-01' WHERE list_code = 'footnote:9903.88.02' AND hts_prefix < '20000100';

-- trip section_301_lists: lines too many
UPDATE {mart} SET list_code = 'footnote:9903.88.01' WHERE list_code = 'footnote:9903.88.02' AND hts_prefix < '20000100';
