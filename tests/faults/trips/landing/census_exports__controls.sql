-- Trips of the landing suite census_exports__controls.

-- good
INSERT INTO vintages BY NAME SELECT 10 AS row_count;
INSERT INTO landing BY NAME
SELECT * FROM (VALUES
    ('HS2', '-', '84', DATE '2029-08-01', 1, 150000000000),
    ('SB10', '-', '8471300100', DATE '2029-08-01', 1, 100),
    ('NAICS3', '0003', '334', DATE '2029-08-01', 1, 100),
    ('NAICS3', '0003', '910', DATE '2029-08-01', 1, 100),
    ('NAICS3', '0003', 'ALL', DATE '2029-08-01', 1, 200),
    ('NAICS3', '5700', 'ALL', DATE '2029-08-01', 1, 100)
) AS totals(product_level, group_code, product_code, period_start, period_months, export_value_fas_usd);
-- Groups and regions have totals too.
INSERT INTO landing BY NAME
SELECT t.* REPLACE (code AS group_code)
FROM landing AS t CROSS JOIN (VALUES ('0020'), ('4XXX')) AS groups(code)
WHERE group_code = '-' AND product_level <> 'HS2';

-- trip key_missing
UPDATE landing SET product_code = NULL WHERE product_level = 'SB10' AND group_code = '-';

-- trip key_not_unique
INSERT INTO landing FROM landing WHERE product_level = 'SB10' AND group_code = '-';

-- trip product_level_closed
UPDATE landing SET product_level = 'HS8' WHERE product_level = 'SB10' AND group_code = '-';

-- trip code_shape: leading zeros lost
UPDATE landing SET product_code = '1' WHERE product_level = 'SB10' AND group_code = '-';

-- trip code_shape: five digits of six
UPDATE landing SET product_level = 'HS6', product_code = '84713' WHERE product_level = 'SB10' AND group_code = '-';

-- trip code_shape: no such region
UPDATE landing SET group_code = '8XXX' WHERE product_level = 'SB10' AND group_code = '-';

-- trip code_shape: a partner among groups
UPDATE landing SET group_code = '5700' WHERE product_level = 'SB10' AND group_code = '-';

-- trip period_shape: a month from its second day
UPDATE landing SET period_start = DATE '2029-08-02' WHERE product_level = 'SB10' AND group_code = '-';

-- trip period_shape: a year from August
UPDATE landing SET period_months = 12 WHERE product_level = 'SB10' AND group_code = '-';

-- trip period_shape: a quarter
UPDATE landing SET period_months = 3 WHERE product_level = 'SB10' AND group_code = '-';

-- trip negative_value
UPDATE landing SET export_value_fas_usd = -1 WHERE product_level = 'SB10' AND group_code = '-';

-- trip no_value_stated
UPDATE landing SET export_value_fas_usd = NULL WHERE product_level = 'SB10' AND group_code = '-';

-- trip products_unlike_all_products
UPDATE landing SET export_value_fas_usd = 101 WHERE product_level = 'NAICS3' AND product_code = '334';

-- trip shrunk
UPDATE vintages SET row_count = 4, previous_row_count = 9;

-- trip shrunk: the publisher answers that there is nothing
DELETE FROM landing;
UPDATE vintages SET row_count = 0, previous_row_count = 9;

-- trip value_size_below
UPDATE landing SET export_value_fas_usd = 75000000000 WHERE product_level = 'HS2';

-- trip value_size_above
UPDATE landing SET export_value_fas_usd = 310000000000 WHERE product_level = 'HS2';
