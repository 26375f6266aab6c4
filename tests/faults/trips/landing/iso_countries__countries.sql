-- Trips of the landing suite iso_countries__countries.

-- good
INSERT INTO vintages BY NAME SELECT 249 AS row_count;
INSERT INTO landing BY NAME
SELECT
    chr(65 + i // 26) || chr(65 + i % 26) AS iso2,
    'X' || chr(65 + i // 26) || chr(65 + i % 26) AS iso3,
    'Country ' || i AS country_name
FROM (SELECT CAST(i AS INTEGER) AS i FROM range(16 * 26, 16 * 26 + 50) AS r(i)) AS numbers;
INSERT INTO landing BY NAME
SELECT * FROM (VALUES
    ('NA', 'NAM', 'Namibia'), ('CD', 'COD', 'Congo'), ('GB', 'GBR', 'United Kingdom'), ('TW', 'TWN', 'Taiwan')
) AS anchors(iso2, iso3, country_name);

-- trip iso2_missing
UPDATE landing SET iso2 = NULL WHERE iso2 = 'QA';

-- trip key_not_unique
INSERT INTO landing BY NAME SELECT 'QA' AS iso2, 'QQQ' AS iso3, 'Twin' AS country_name;

-- trip iso3_missing
UPDATE landing SET iso3 = NULL WHERE iso2 = 'QA';

-- trip country_name_missing
UPDATE landing SET country_name = NULL WHERE iso2 = 'QA';

-- trip iso2_misshapen
UPDATE landing SET iso2 = 'Qa' WHERE iso2 = 'QA';

-- trip iso3_misshapen
UPDATE landing SET iso3 = 'XQ1' WHERE iso2 = 'QA';

-- trip iso3_not_unique
UPDATE landing SET iso3 = 'XQB' WHERE iso2 = 'QA';

-- trip anchor_missing: the reader took NA for nothing
DELETE FROM landing WHERE iso2 = 'NA';

-- trip too_few_rows
UPDATE vintages SET row_count = 209;

-- trip too_few_rows: an empty list, of which no row names the vintage
DELETE FROM landing;
UPDATE vintages SET row_count = 0;

-- trip too_many_rows
UPDATE vintages SET row_count = 501;

-- trip shrunk
UPDATE vintages SET previous_row_count = 499;
