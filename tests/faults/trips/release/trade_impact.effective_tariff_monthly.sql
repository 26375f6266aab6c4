-- Trips of the release suite trade_impact.effective_tariff_monthly: two months of spring 2025, which follow the steps
-- of trade_impact.effective_tariff_steps.sql day by day, and many chapters.

-- good
INSERT INTO {mart} VALUES
    (2024, 'ALL', 'ALL', 'ALL', DATE '2025-03-01', 0.053854838710, 0.1, 0.14),
    (2024, 'ALL', 'ALL', 'ALL', DATE '2025-04-01', 0.163833333333, 0.25, 0.43);
INSERT INTO {mart}
SELECT 2024, '5700', 'HS2', CAST(i AS VARCHAR), DATE '2025-04-01', 0.1, 0.2, 0.3
FROM range(56000) AS r(i);

-- trip too_few_rows
DELETE FROM {mart} WHERE product_level = 'HS2' AND CAST(product_code AS INTEGER) > 10000;

-- trip too_many_rows
INSERT INTO {mart}
SELECT 2024, '1220', 'HS2', CAST(i AS VARCHAR), DATE '2025-04-01', 0.1, 0.2, 0.3
FROM range(170000) AS r(i);

-- trip months_missing
INSERT INTO {mart} VALUES (2024, '5700', 'HS2', '1', DATE '2025-06-01', 0.1, 0.2, 0.3);

-- trip unlike_daily: the month is given the rate of its last day
UPDATE {mart} SET effective_rate = 0.1955 WHERE partner_code = 'ALL' AND month = DATE '2025-04-01';

-- trip unclaimed_below_expected
UPDATE {mart} SET unclaimed_rate = 0.09 WHERE product_code = '1';

-- trip unclaimed_below_expected: it is missing
UPDATE {mart} SET unclaimed_rate = NULL WHERE product_code = '1';

-- trip tri_below_mean
UPDATE {mart} SET tri_rate = 0.09 WHERE product_code = '1';

-- trip tri_below_mean: it is missing
UPDATE {mart} SET tri_rate = NULL WHERE product_code = '1';

-- trip april_2025: squares of the mean
UPDATE {mart} SET tri_rate = effective_rate WHERE partner_code = 'ALL';

-- trip april_2025: the month is not held
DELETE FROM {mart} WHERE partner_code = 'ALL' AND month = DATE '2025-04-01';

-- trip partner_unknown
UPDATE {mart} SET partner_code = '9999' WHERE product_code = '1';
