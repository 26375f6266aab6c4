-- Trips of the landing suite gleif__exceptions.

-- good
INSERT INTO vintages BY NAME SELECT 20 AS row_count;
INSERT INTO landing BY NAME
SELECT
    'ABCDEFGHIJKLMNOPQR' || lpad(CAST(i AS varchar), 2, '0') AS lei,
    'DIRECT_ACCOUNTING_CONSOLIDATION_PARENT' AS exception_category,
    CASE WHEN i = 0 THEN 'NON_PUBLIC | LEGAL_OBSTACLES' ELSE 'NATURAL_PERSONS' END AS exception_reasons
FROM range(20) AS r(i);

-- trip lei_missing
UPDATE landing SET lei = NULL WHERE lei LIKE '%07';

-- trip key_not_unique
INSERT INTO landing FROM landing WHERE lei LIKE '%07';

-- trip lei_misshapen
UPDATE landing SET lei = 'GB123' WHERE lei LIKE '%07';

-- trip category_unknown
UPDATE landing SET exception_category = 'GRANDPARENT' WHERE lei LIKE '%07';

-- trip reason_missing
UPDATE landing SET exception_reasons = NULL WHERE lei LIKE '%07';

-- trip reason_unknown
UPDATE landing SET exception_reasons = 'https://example.org/law' WHERE lei LIKE '%07';

-- trip nothing_in_it
DELETE FROM landing;
UPDATE vintages SET row_count = 0;

-- trip shrunk
UPDATE vintages SET previous_row_count = 41;
