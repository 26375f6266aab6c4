-- Trips of the landing suite census_imports__controls.

-- good
INSERT INTO vintages BY NAME SELECT 10 AS row_count;
INSERT INTO landing BY NAME
SELECT * FROM (VALUES
    ('HS2', '-', '84', DATE '2029-08-01', 1, 200000000000, 100, 100, 10, 100),
    ('HTS10', '-', '8471300100', DATE '2029-08-01', 1, 100, 100, 100, 10, 100),
    ('NAICS3', '0003', '334', DATE '2029-08-01', 1, 100, 100, 100, 10, 100),
    ('NAICS3', '0003', '910', DATE '2029-08-01', 1, 100, 100, 100, 10, 100),
    ('NAICS3', '0003', 'ALL', DATE '2029-08-01', 1, 200, 200, 200, 20, 200),
    ('NAICS3', '5700', 'ALL', DATE '2029-08-01', 1, 100, 100, 100, 10, 100)
) AS totals(product_level, group_code, product_code, period_start, period_months, import_value_consumption_usd,
    import_value_general_usd, dutiable_value_usd, calculated_duty_usd, import_charges_usd);
-- Groups and regions have totals too.
INSERT INTO landing BY NAME
SELECT t.* REPLACE (code AS group_code)
FROM landing AS t CROSS JOIN (VALUES ('0020'), ('4XXX')) AS groups(code)
WHERE group_code = '-' AND product_level <> 'HS2';

-- trip key_missing
UPDATE landing SET product_code = NULL WHERE product_level = 'HTS10' AND group_code = '-';

-- trip key_not_unique
INSERT INTO landing FROM landing WHERE product_level = 'HTS10' AND group_code = '-';

-- trip product_level_closed
UPDATE landing SET product_level = 'HS8' WHERE product_level = 'HTS10' AND group_code = '-';

-- trip code_shape: leading zeros lost
UPDATE landing SET product_code = '1' WHERE product_level = 'HTS10' AND group_code = '-';

-- trip code_shape: five digits of six
UPDATE landing SET product_level = 'HS6', product_code = '84713' WHERE product_level = 'HTS10' AND group_code = '-';

-- trip code_shape: no such region
UPDATE landing SET group_code = '8XXX' WHERE product_level = 'HTS10' AND group_code = '-';

-- trip code_shape: a partner among groups
UPDATE landing SET group_code = '5700' WHERE product_level = 'HTS10' AND group_code = '-';

-- trip period_shape: a month from its second day
UPDATE landing SET period_start = DATE '2029-08-02' WHERE product_level = 'HTS10' AND group_code = '-';

-- trip period_shape: a year from August
UPDATE landing SET period_months = 12 WHERE product_level = 'HTS10' AND group_code = '-';

-- trip period_shape: a quarter
UPDATE landing SET period_months = 3 WHERE product_level = 'HTS10' AND group_code = '-';

-- trip negative_value
UPDATE landing SET import_charges_usd = -1 WHERE product_level = 'HTS10' AND group_code = '-';

-- trip no_value_stated
UPDATE landing SET import_value_consumption_usd = NULL, import_value_general_usd = NULL, dutiable_value_usd = NULL,
    calculated_duty_usd = NULL, import_charges_usd = NULL WHERE product_level = 'HTS10' AND group_code = '-';

-- trip duty_without_value: more is dutiable than came in
UPDATE landing SET dutiable_value_usd = 101 WHERE product_level = 'HTS10' AND group_code = '-';

-- trip duty_without_value: duty on what is not dutiable
UPDATE landing SET dutiable_value_usd = 0 WHERE product_level = 'HTS10' AND group_code = '-';

-- trip duty_above_limit with duty_unusually_high: a limit beyond the unusual
UPDATE landing SET calculated_duty_usd = 1001 WHERE product_level = 'HTS10' AND group_code = '-';

-- trip duty_unusually_high
UPDATE landing SET calculated_duty_usd = 370 WHERE product_level = 'HTS10' AND group_code = '-';

-- trip products_unlike_all_products
UPDATE landing SET import_value_general_usd = 101 WHERE product_level = 'NAICS3' AND product_code = '334';

-- trip shrunk
UPDATE vintages SET row_count = 4, previous_row_count = 9;

-- trip shrunk: the publisher answers that there is nothing
DELETE FROM landing;
UPDATE vintages SET row_count = 0, previous_row_count = 9;

-- trip value_size_below
UPDATE landing SET import_value_consumption_usd = 130000000000 WHERE product_level = 'HS2';

-- trip value_size_above
UPDATE landing SET import_value_consumption_usd = 690000000000 WHERE product_level = 'HS2';
