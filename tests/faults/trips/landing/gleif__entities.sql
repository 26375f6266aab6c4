-- Trips of the landing suite gleif__entities.

-- good
INSERT INTO vintages BY NAME SELECT 20 AS row_count;
INSERT INTO landing BY NAME
SELECT
    'ABCDEFGHIJKLMNOPQR' || lpad(CAST(i AS varchar), 2, '0') AS lei,
    'Company ' || i AS legal_name,
    'GB' AS country_code,
    CASE WHEN i % 2 = 0 THEN 'FR' END AS headquarters_country_code,
    'GENERAL' AS entity_category,
    'ACTIVE' AS entity_status,
    'ISSUED' AS registration_status,
    DATE '2029-12-01' AS updated_on
FROM range(20) AS r(i);

-- trip lei_missing
UPDATE landing SET lei = NULL WHERE legal_name = 'Company 7';

-- trip key_not_unique
INSERT INTO landing FROM landing WHERE legal_name = 'Company 7';

-- trip legal_name_missing
UPDATE landing SET legal_name = NULL WHERE legal_name = 'Company 7';

-- trip lei_misshapen
UPDATE landing SET lei = 'GB123' WHERE legal_name = 'Company 7';

-- trip country_code_misshapen
UPDATE landing SET country_code = 'GB-ENG' WHERE legal_name = 'Company 7';

-- trip country_code_misshapen: none
UPDATE landing SET country_code = NULL WHERE legal_name = 'Company 7';

-- trip entity_status_unknown
UPDATE landing SET entity_status = 'DORMANT' WHERE legal_name = 'Company 7';

-- trip entity_category_unknown
UPDATE landing SET entity_category = 'TRUST' WHERE legal_name = 'Company 7';

-- trip updated_after_edition
UPDATE landing SET updated_on = DATE '2030-02-01' WHERE legal_name = 'Company 7';

-- trip nothing_in_it
DELETE FROM landing;
UPDATE vintages SET row_count = 0;

-- trip shrunk
UPDATE vintages SET previous_row_count = 41;
