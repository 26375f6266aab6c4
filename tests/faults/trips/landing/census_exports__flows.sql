-- Trips of the landing suite census_exports__flows.

-- good
INSERT INTO vintages BY NAME SELECT 10 AS row_count;
INSERT INTO landing BY NAME
SELECT * FROM (VALUES
    ('HS2', '5700', '84', DATE '2029-08-01', 1, 100),
    ('SB10', '5700', '8471300100', DATE '2029-08-01', 1, 100),
    ('NAICS3', '5700', '334', DATE '2029-08-01', 1, 100),
    ('NAICS3', '5700', '910', DATE '2029-08-01', 1, 100)
) AS flows(product_level, partner_code, product_code, period_start, period_months, export_value_fas_usd);
INSERT INTO controls BY NAME
SELECT * FROM (VALUES
    ('HS2', '-', '84', DATE '2029-08-01', 1, 200),
    ('NAICS3', '5700', 'ALL', DATE '2029-08-01', 1, 200)
) AS totals(product_level, group_code, product_code, period_start, period_months, export_value_fas_usd);
-- Another vintage's total is no measure of this one.
INSERT INTO controls BY NAME
SELECT * REPLACE ('held' AS vintage_id, 1 AS export_value_fas_usd) FROM controls WHERE product_level = 'HS2';

-- trip key_missing
UPDATE landing SET product_code = NULL WHERE product_level = 'SB10';

-- trip key_not_unique
INSERT INTO landing FROM landing WHERE product_level = 'SB10';

-- trip product_level_closed
UPDATE landing SET product_level = 'HS8' WHERE product_level = 'SB10';

-- trip code_shape: leading zeros lost
UPDATE landing SET product_code = '1' WHERE product_level = 'SB10';

-- trip code_shape: five digits of six
UPDATE landing SET product_level = 'HS6', product_code = '84713' WHERE product_level = 'SB10';

-- trip code_shape: the world among partners
UPDATE landing SET partner_code = '-' WHERE product_level = 'SB10';

-- trip code_shape: a group among partners
UPDATE landing SET partner_code = '0003' WHERE product_level = 'SB10';

-- trip code_shape: a region among partners
UPDATE landing SET partner_code = '4XXX' WHERE product_level = 'SB10';

-- trip code_shape: five digits
UPDATE landing SET partner_code = '05700' WHERE product_level = 'SB10';

-- trip period_shape: a month from its second day
UPDATE landing SET period_start = DATE '2029-08-02' WHERE product_level = 'SB10';

-- trip period_shape: a year from August
UPDATE landing SET period_months = 12 WHERE product_level = 'SB10';

-- trip period_shape: a quarter
UPDATE landing SET period_months = 3 WHERE product_level = 'SB10';

-- trip negative_value
UPDATE landing SET export_value_fas_usd = -1 WHERE product_level = 'SB10';

-- trip no_value_stated
UPDATE landing SET export_value_fas_usd = NULL WHERE product_level = 'SB10';

-- trip partners_above_world
INSERT INTO landing BY NAME
SELECT * REPLACE ('4280' AS partner_code, export_value_fas_usd + 1 AS export_value_fas_usd) FROM landing
WHERE product_level = 'HS2';

-- trip products_unlike_all_products
UPDATE landing SET export_value_fas_usd = 101 WHERE product_level = 'NAICS3' AND product_code = '334';

-- trip shrunk
UPDATE vintages SET row_count = 4, previous_row_count = 9;

-- trip shrunk: the publisher answers that there is nothing
DELETE FROM landing;
UPDATE vintages SET row_count = 0, previous_row_count = 9;

-- trip month_size_below
UPDATE landing SET partner_code = '5520' WHERE product_level = 'SB10';

-- trip month_size_above
INSERT INTO landing BY NAME
SELECT
    'SB10' AS product_level, '5520' AS partner_code, CAST(8471300100 + n AS VARCHAR) AS product_code,
    DATE '2029-08-01' AS period_start, 1 AS period_months, 100 AS export_value_fas_usd
FROM range(8601) AS products(n);
