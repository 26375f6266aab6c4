-- Trips of the landing suite un_hs_correlations__links: 5,200 subheadings, one of which was split in two.

-- good
INSERT INTO vintages BY NAME SELECT 5201 AS row_count;
INSERT INTO landing BY NAME
SELECT
    'HS2022' AS newer_edition, 'HS2017' AS older_edition, lpad((10000 + i)::VARCHAR, 6, '0') AS newer_hs6,
    lpad((10000 + i)::VARCHAR, 6, '0') AS older_hs6, '1:1' AS relationship, true AS is_conversion
FROM range(5200) AS r(i);
INSERT INTO landing BY NAME
SELECT
    'HS2022' AS newer_edition, 'HS2017' AS older_edition, '970690' AS newer_hs6, '010000' AS older_hs6,
    'n:1' AS relationship, true AS is_conversion;

-- trip key_missing
UPDATE landing SET older_hs6 = NULL WHERE newer_hs6 = '970690';

-- trip key_not_unique with not_converted_once
INSERT INTO landing FROM landing WHERE newer_hs6 = '970690';

-- trip edition_unexpected
UPDATE landing SET older_edition = 'HS2012';

-- trip hs6_misshapen: a leading zero lost
UPDATE landing SET older_hs6 = '10000' WHERE newer_hs6 = '970690';

-- trip chapter_unknown
UPDATE landing SET newer_hs6 = '980100' WHERE newer_hs6 = '970690';

-- trip relationship_unknown
UPDATE landing SET relationship = '1:m' WHERE newer_hs6 = '970690';

-- trip not_converted_once: not at all
UPDATE landing SET is_conversion = false WHERE newer_hs6 = '970690';

-- trip not_converted_once: twice
INSERT INTO landing
SELECT * REPLACE ('010001' AS older_hs6) FROM landing WHERE newer_hs6 = '970690';

-- trip too_few_rows
UPDATE vintages SET row_count = 5199;

-- trip too_many_rows
UPDATE vintages SET row_count = 32001;

-- trip few_subheadings
DELETE FROM landing WHERE newer_hs6 >= '011000' AND newer_hs6 < '012000';
