-- Trips of the landing suite census_imports__flows.

-- good
INSERT INTO vintages BY NAME SELECT 10 AS row_count;
INSERT INTO landing BY NAME
SELECT * FROM (VALUES
    ('HS2', '5700', '84', DATE '2029-08-01', 1, 100, 100, 100, 10, 100),
    ('HTS10', '5700', '8471300100', DATE '2029-08-01', 1, 100, 100, 100, 10, 100),
    ('NAICS3', '5700', '334', DATE '2029-08-01', 1, 100, 100, 100, 10, 100),
    ('NAICS3', '5700', '910', DATE '2029-08-01', 1, 100, 100, 100, 10, 100)
) AS flows(product_level, partner_code, product_code, period_start, period_months, import_value_consumption_usd,
    import_value_general_usd, dutiable_value_usd, calculated_duty_usd, import_charges_usd);
INSERT INTO controls BY NAME
SELECT * FROM (VALUES
    ('HS2', '-', '84', DATE '2029-08-01', 1, 200, 200, 200, 20, 200),
    ('NAICS3', '5700', 'ALL', DATE '2029-08-01', 1, 200, 200, 200, 20, 200)
) AS totals(product_level, group_code, product_code, period_start, period_months, import_value_consumption_usd,
    import_value_general_usd, dutiable_value_usd, calculated_duty_usd, import_charges_usd);
-- Another vintage's total is no measure of this one.
INSERT INTO controls BY NAME
SELECT * REPLACE ('held' AS vintage_id, 1 AS import_value_consumption_usd) FROM controls WHERE product_level = 'HS2';
-- Some partners are no whole year.
INSERT INTO landing BY NAME
SELECT
    'HTS10' AS product_level, CAST(1000 + p AS VARCHAR) AS partner_code, '8471300100' AS product_code,
    DATE '2028-01-01' AS period_start, 12 AS period_months, 100 AS import_value_consumption_usd
FROM range(50) AS partners(p);

-- trip key_missing
UPDATE landing SET product_code = NULL WHERE product_level = 'HTS10' AND partner_code = '5700';

-- trip key_not_unique
INSERT INTO landing FROM landing WHERE product_level = 'HTS10' AND partner_code = '5700';

-- trip product_level_closed
UPDATE landing SET product_level = 'HS8' WHERE product_level = 'HTS10' AND partner_code = '5700';

-- trip code_shape: leading zeros lost
UPDATE landing SET product_code = '1' WHERE product_level = 'HTS10' AND partner_code = '5700';

-- trip code_shape: five digits of six
UPDATE landing SET product_level = 'HS6', product_code = '84713'
WHERE product_level = 'HTS10' AND partner_code = '5700';

-- trip code_shape: the world among partners
UPDATE landing SET partner_code = '-' WHERE product_level = 'HTS10' AND partner_code = '5700';

-- trip code_shape: a group among partners
UPDATE landing SET partner_code = '0003' WHERE product_level = 'HTS10' AND partner_code = '5700';

-- trip code_shape: a region among partners
UPDATE landing SET partner_code = '4XXX' WHERE product_level = 'HTS10' AND partner_code = '5700';

-- trip code_shape: five digits
UPDATE landing SET partner_code = '05700' WHERE product_level = 'HTS10' AND partner_code = '5700';

-- trip period_shape: a month from its second day
UPDATE landing SET period_start = DATE '2029-08-02' WHERE product_level = 'HTS10' AND partner_code = '5700';

-- trip period_shape: a year from August
UPDATE landing SET period_months = 12 WHERE product_level = 'HTS10' AND partner_code = '5700';

-- trip period_shape: a quarter
UPDATE landing SET period_months = 3 WHERE product_level = 'HTS10' AND partner_code = '5700';

-- trip negative_value
UPDATE landing SET import_charges_usd = -1 WHERE product_level = 'HTS10' AND partner_code = '5700';

-- trip no_value_stated
UPDATE landing SET import_value_consumption_usd = NULL, import_value_general_usd = NULL, dutiable_value_usd = NULL,
    calculated_duty_usd = NULL, import_charges_usd = NULL WHERE product_level = 'HTS10' AND partner_code = '5700';

-- trip duty_without_value: more is dutiable than came in
UPDATE landing SET dutiable_value_usd = 101 WHERE product_level = 'HTS10' AND partner_code = '5700';

-- trip duty_without_value: duty on what is not dutiable
UPDATE landing SET dutiable_value_usd = 0 WHERE product_level = 'HTS10' AND partner_code = '5700';

-- trip duty_above_limit with duty_unusually_high: a limit beyond the unusual
UPDATE landing SET calculated_duty_usd = 1001 WHERE product_level = 'HTS10' AND partner_code = '5700';

-- trip duty_unusually_high
UPDATE landing SET calculated_duty_usd = 370 WHERE product_level = 'HTS10' AND partner_code = '5700';

-- trip partners_above_world
INSERT INTO landing BY NAME
SELECT * REPLACE ('4280' AS partner_code, import_value_consumption_usd + 1 AS import_value_consumption_usd)
FROM landing WHERE product_level = 'HS2';

-- trip products_unlike_all_products
UPDATE landing SET import_value_general_usd = 101 WHERE product_level = 'NAICS3' AND product_code = '334';

-- trip shrunk
UPDATE vintages SET row_count = 4, previous_row_count = 9;

-- trip shrunk: the publisher answers that there is nothing
DELETE FROM landing;
UPDATE vintages SET row_count = 0, previous_row_count = 9;

-- trip year_size_below: one product from each of 200 partners
INSERT INTO landing BY NAME
SELECT
    'HTS10' AS product_level, CAST(1000 + p AS VARCHAR) AS partner_code, '8471300100' AS product_code,
    DATE '2029-01-01' AS period_start, 12 AS period_months, 14000000000 AS import_value_consumption_usd
FROM range(200) AS partners(p);

-- trip year_size_above: thousands taken for dollars
INSERT INTO landing BY NAME
SELECT
    'HTS10' AS product_level, CAST(1000 + p AS VARCHAR) AS partner_code,
        CAST(8471300100 + n AS VARCHAR) AS product_code,
    DATE '2029-01-01' AS period_start, 12 AS period_months, 25000000 AS import_value_consumption_usd
FROM range(200) AS partners(p) CROSS JOIN range(1425) AS products(n);
