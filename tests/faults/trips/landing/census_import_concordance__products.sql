-- Trips of the landing suite census_import_concordance__products.

-- good
INSERT INTO vintages BY NAME SELECT 19700 AS row_count;
INSERT INTO landing BY NAME
SELECT
    lpad(CAST(i AS VARCHAR), 10, '0') AS hts10,
    'kg' AS unit_1,
    '0110X' AS sitc,
    '00000' AS end_use_code,
    CASE WHEN i % 2 = 0 THEN '1' ELSE '0' END AS usda_code,
    '11199X' AS naics,
    CASE WHEN i < 3 THEN '10' END AS advanced_technology_code
FROM range(100) AS r(i);

-- trip hts10_missing
UPDATE landing SET hts10 = NULL WHERE hts10 = '0000000050';

-- trip key_not_unique
INSERT INTO landing FROM landing WHERE hts10 = '0000000050';

-- trip hts10_misshapen: a leading zero lost
UPDATE landing SET hts10 = '000000050' WHERE hts10 = '0000000050';

-- trip sitc_misshapen
UPDATE landing SET sitc = '0110' WHERE hts10 = '0000000050';

-- trip end_use_code_misshapen
UPDATE landing SET end_use_code = '0000X' WHERE hts10 = '0000000050';

-- trip naics_misshapen
UPDATE landing SET naics = '11199' WHERE hts10 = '0000000050';

-- trip unit_1_missing
UPDATE landing SET unit_1 = NULL WHERE hts10 = '0000000050';

-- trip usda_code_unknown
UPDATE landing SET usda_code = '2' WHERE hts10 = '0000000050';

-- trip advanced_technology_code_unknown
UPDATE landing SET advanced_technology_code = '11' WHERE hts10 = '0000000050';

-- trip advanced_technology_share: none
UPDATE landing SET advanced_technology_code = NULL;

-- trip advanced_technology_share: nearly all
UPDATE landing SET advanced_technology_code = '1' WHERE hts10 > '0000000010';

-- trip too_few_rows
UPDATE vintages SET row_count = 15999;

-- trip too_few_rows: an empty list, of which no row names the vintage
DELETE FROM landing;
UPDATE vintages SET row_count = 0;

-- trip too_many_rows
UPDATE vintages SET row_count = 40001;

-- trip shrunk
UPDATE vintages SET previous_row_count = 39401;
