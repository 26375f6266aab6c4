-- Trips of the landing suite census_schedule_c__partners.

-- good
INSERT INTO vintages BY NAME SELECT 240 AS row_count;
INSERT INTO landing BY NAME
SELECT
    CAST(3000 + i AS VARCHAR) AS partner_code,
    'Partner ' || i AS partner_name,
    chr(65 + i // 26) || chr(65 + i % 26) AS iso2
FROM (SELECT CAST(i AS INTEGER) AS i FROM range(16 * 26, 16 * 26 + 50) AS r(i)) AS numbers;
INSERT INTO landing BY NAME
SELECT * FROM (VALUES
    ('1220', 'Canada', 'CA'), ('2010', 'Mexico', 'MX'), ('5700', 'China', 'CN'), ('7920', 'Namibia', 'NA')
) AS anchors(partner_code, partner_name, iso2);

-- trip partner_code_missing
UPDATE landing SET partner_code = NULL WHERE partner_code = '3416';

-- trip key_not_unique
INSERT INTO landing BY NAME SELECT '3416' AS partner_code, 'Twin' AS partner_name, 'AA' AS iso2;

-- trip partner_name_missing
UPDATE landing SET partner_name = NULL WHERE partner_code = '3416';

-- trip partner_code_misshapen
UPDATE landing SET partner_code = '341' WHERE partner_code = '3416';

-- trip iso2_misshapen
UPDATE landing SET iso2 = 'Q' WHERE partner_code = '3416';

-- trip iso2_missing
UPDATE landing SET iso2 = NULL WHERE partner_code = '3416';

-- trip iso2_not_unique
UPDATE landing SET iso2 = 'QB' WHERE partner_code = '3416';

-- trip anchor_missing
UPDATE landing SET partner_code = '5710' WHERE partner_code = '5700';

-- trip too_few_rows
UPDATE vintages SET row_count = 199;

-- trip too_few_rows: an empty list, of which no row names the vintage
DELETE FROM landing;
UPDATE vintages SET row_count = 0;

-- trip too_many_rows
UPDATE vintages SET row_count = 401;

-- trip shrunk
UPDATE vintages SET previous_row_count = 481;
