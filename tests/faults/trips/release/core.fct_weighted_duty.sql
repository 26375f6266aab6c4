-- Trips of the release suite core.fct_weighted_duty: all goods from all and from two partners; one chapter; sectors.

-- good
INSERT INTO {mart}
SELECT
    2024, partner_code, product_level, product_code, valid_from, valid_to, value_usd,
    value_usd * 0.013, value_usd * 0.001, value_usd * 0.0125, 0, 0,
    CASE WHEN valid_from = DATE '2025-02-04' THEN value_usd * 0.013 ELSE 0 END, 0, 0, 0, 0,
    value_usd * 0.05, value_usd * 0.005
FROM (VALUES
    ('ALL', 'ALL', 'ALL', 3200000000000), ('5700', 'ALL', 'ALL', 430000000000), ('1220', 'ALL', 'ALL', 2770000000000),
    ('ALL', 'HS2', '01', 3200000000000)
) AS margins(partner_code, product_level, product_code, value_usd)
CROSS JOIN (VALUES
    (DATE '2018-01-01', DATE '2025-02-04'), (DATE '2025-02-04', DATE '9999-12-31')
) AS intervals(valid_from, valid_to);
INSERT INTO {mart}
SELECT
    2024, 'ALL', 'NAICS3', CAST(i AS VARCHAR), DATE '2018-01-01', DATE '9999-12-31', 1000, 10,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 10, 1
FROM range(15500) AS r(i);

-- trip too_few_rows
DELETE FROM {mart} WHERE product_level = 'NAICS3' AND CAST(product_code AS INTEGER) > 10000;

-- trip too_many_rows
INSERT INTO {mart}
SELECT
    2025, 'ALL', 'NAICS3', CAST(i AS VARCHAR), DATE '2018-01-01', DATE '9999-12-31', 1000, 10,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 10, 1
FROM range(50000) AS r(i);

-- trip imports_of_2024
UPDATE {mart} SET import_value_consumption_usd = 1600000000000 WHERE partner_code = 'ALL' AND product_level = 'ALL';

-- trip gaps_or_overlaps
UPDATE {mart} SET valid_to = DATE '2025-02-03' WHERE partner_code = '5700' AND valid_from = DATE '2018-01-01';

-- trip gaps_or_overlaps: the last interval ends
UPDATE {mart} SET valid_to = DATE '2028-01-01' WHERE partner_code = '1220' AND valid_from = DATE '2025-02-04';

-- trip duty_below_nothing
UPDATE {mart} SET s122_duty_usd = -1000 WHERE product_level = 'NAICS3' AND product_code = '1';

-- trip duty_below_nothing: a component is missing
UPDATE {mart} SET s338_duty_usd = NULL WHERE product_level = 'NAICS3' AND product_code = '1';

-- trip unclaimed_below_expected
UPDATE {mart} SET unclaimed_duty_usd = 5 WHERE product_level = 'NAICS3' AND product_code = '1';

-- trip unclaimed_below_expected: it is missing
UPDATE {mart} SET unclaimed_duty_usd = NULL WHERE product_level = 'NAICS3' AND product_code = '1';

-- trip squares_below_mean
UPDATE {mart} SET squared_rate_value_usd = 0.01 WHERE product_level = 'NAICS3' AND product_code = '1';

-- trip partners_unlike_all: a partner is lost
DELETE FROM {mart} WHERE partner_code = '1220';

-- trip chapters_unlike_all: a chapter is counted twice
INSERT INTO {mart} SELECT * REPLACE ('02' AS product_code) FROM {mart} WHERE product_code = '01';

-- trip partner_unknown
UPDATE {mart} SET partner_code = '9999' WHERE partner_code = '5700';
