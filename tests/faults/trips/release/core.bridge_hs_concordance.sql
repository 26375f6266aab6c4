-- Trips of the release suite core.bridge_hs_concordance: subheadings that stay what they are through three editions;
-- the last of the newer ones were parts of 01.0005 before; and links that carry nothing.

-- good
INSERT INTO {mart} BY NAME
WITH subheadings AS (
    SELECT edition, size, i, lpad(CAST(10000 + i AS VARCHAR), 6, '0') AS hs6
    FROM (VALUES ('HS2022', 5613), ('HS2017', 5388), ('HS2012', 5206)) AS editions(edition, size)
    CROSS JOIN range(5613) AS r(i)
    WHERE i < size
),
links AS (
    SELECT
        newer.edition AS newer_edition, newer.hs6 AS newer_hs6, older.edition AS older_edition,
        older.hs6 AS older_hs6, newer.i = older.i AS is_same, newer.i < 2200 AND older.i > newer.i AS is_idle
    FROM subheadings AS newer
    INNER JOIN subheadings AS older ON newer.edition > older.edition AND (
        newer.i = older.i
        OR (newer.i >= older.size AND older.i = 5)
        OR (newer.i < 2200 AND older.i > newer.i AND older.i <= newer.i + 3)
    )
)
SELECT
    newer_edition AS from_edition, newer_hs6 AS from_hs6, older_edition AS to_edition, older_hs6 AS to_hs6,
    'n:n' AS relationship, CASE WHEN is_idle THEN 0 ELSE 1 END AS weight_share, 'un_conversion' AS weight_basis,
    DATE '2022-01-27' AS valid_from, DATE '9999-12-31' AS valid_to
FROM links
UNION ALL BY NAME
SELECT
    older_edition AS from_edition, older_hs6 AS from_hs6, newer_edition AS to_edition, newer_hs6 AS to_hs6,
    'n:n' AS relationship, CASE WHEN is_same THEN 1 ELSE 0 END AS weight_share, 'trade' AS weight_basis,
    DATE '2017-01-01' AS valid_from, DATE '2022-01-27' AS valid_to
FROM links;

-- trip too_few_rows
DELETE FROM {mart} WHERE from_hs6 <> to_hs6 AND from_hs6 <> '010005' AND to_hs6 <> '010005';

-- trip too_many_rows with shares_not_one
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(2);

-- trip shares_not_one: a dollar in a billion is lost
UPDATE {mart} SET weight_share = 0.999999999 WHERE from_hs6 = '010001' AND to_hs6 = '010001' AND to_edition = 'HS2012';

-- trip share_out_of_bounds with shares_not_one: one gives what it has not
UPDATE {mart} SET weight_share = 1.5 WHERE from_hs6 = '010001' AND to_hs6 = '010001' AND to_edition = 'HS2012';

-- trip share_out_of_bounds: what one loses another wins
UPDATE {mart}
SET weight_share = CASE WHEN to_hs6 = from_hs6 THEN 2 ELSE -1 END
WHERE from_edition = 'HS2022' AND to_edition = 'HS2017' AND from_hs6 = '012199' AND to_hs6 IN ('012199', '012200');

-- trip link_one_way
DELETE FROM {mart} WHERE from_edition = 'HS2022' AND from_hs6 = '010001' AND to_hs6 = '010002';

-- trip subheading_count: one subheading lost, both ways
DELETE FROM {mart}
WHERE (from_edition = 'HS2022' AND from_hs6 = '015612') OR (to_edition = 'HS2022' AND to_hs6 = '015612');

-- trip trade_unlinked with subheading_count: the subheading imports stand at
DELETE FROM {mart}
WHERE (from_edition = 'HS2022' AND from_hs6 = '010000') OR (to_edition = 'HS2022' AND to_hs6 = '010000');

-- trip share_guessed
UPDATE {mart} SET weight_basis = 'equal'
WHERE from_edition = 'HS2017' AND to_edition = 'HS2022' AND from_hs6 < '010060';
