-- Trips of the release suite trade_impact.calculated_duty_rates: months of 2020 and 2025, the year 2024, and
-- 1.05 million details of one kind.

-- good
INSERT INTO {mart} BY NAME
SELECT
    period_start, period_months, 'ALL' AS partner_code, 'ALL' AS product_level, 'ALL' AS product_code,
    CAST(rate * 1e9 AS BIGINT) / 1e9 AS calculated_duty_rate, CAST(rate * 1e9 AS BIGINT) AS calculated_duty_usd,
    1000000000 AS import_value_consumption_usd
FROM (VALUES
    (DATE '2020-01-01', 1, 0.027), (DATE '2024-01-01', 12, 0.0236), (DATE '2025-01-01', 1, 0.02207),
    (DATE '2025-02-01', 1, 0.02311), (DATE '2025-03-01', 1, 0.03816), (DATE '2025-04-01', 1, 0.07071),
    (DATE '2025-05-01', 1, 0.08845), (DATE '2025-06-01', 1, 0.09144), (DATE '2025-07-01', 1, 0.09747),
    (DATE '2025-08-01', 1, 0.10552), (DATE '2025-09-01', 1, 0.10652), (DATE '2025-10-01', 1, 0.10909)
) AS rates(period_start, period_months, rate);
INSERT INTO {mart} BY NAME
SELECT
    period_start, 1 AS period_months, '5700' AS partner_code, 'ALL' AS product_level, 'ALL' AS product_code,
    CAST(rate * 1e6 AS BIGINT) / 1e6 AS calculated_duty_rate, CAST(rate * 1e6 AS BIGINT) AS calculated_duty_usd,
    1000000 AS import_value_consumption_usd
FROM (VALUES
    (DATE '2025-01-01', 0.11037), (DATE '2025-05-01', 0.48245), (DATE '2025-11-01', 0.32348)
) AS rates(period_start, rate);
INSERT INTO {mart} BY NAME
SELECT
    DATE '2024-01-01' AS period_start, 12 AS period_months, '5700' AS partner_code, 'HTS10' AS product_level,
    '0100000001' AS product_code, 0.25 AS calculated_duty_rate, 25 AS calculated_duty_usd,
    100 AS import_value_consumption_usd;
INSERT INTO {mart} BY NAME
SELECT
    DATE '2024-01-01' AS period_start, 12 AS period_months, '1220' AS partner_code, 'HTS10' AS product_level,
    '0100000001' AS product_code, 0 AS calculated_duty_usd, 0 AS import_value_consumption_usd;

-- bulk
SELECT
    DATE '2024-01-01' AS period_start, 12 AS period_months, '5700' AS partner_code, 'HTS10' AS product_level,
    '0100000001' AS product_code, 0.25 AS calculated_duty_rate, 25 AS calculated_duty_usd,
    100 AS import_value_consumption_usd
FROM range(1050000)

-- trip too_few_rows
CREATE VIEW {mart} AS FROM {good} WHERE product_level <> 'HTS10';

-- trip too_many_rows
CREATE VIEW {mart} AS
SELECT t.* FROM {good} AS t CROSS JOIN range(3) AS r(i) WHERE i = 0 OR product_level = 'HTS10';

-- trip rates_of_2025: a sector counted twice
UPDATE {mart} SET calculated_duty_usd = 72500000, calculated_duty_rate = 0.0725
WHERE partner_code = 'ALL' AND period_start = DATE '2025-04-01';

-- trip rates_of_2025: a month is not held
DELETE FROM {mart} WHERE partner_code = 'ALL' AND period_start = DATE '2025-10-01';

-- trip rate_of_2024
UPDATE {mart} SET calculated_duty_usd = 25000000, calculated_duty_rate = 0.025
WHERE partner_code = 'ALL' AND period_months = 12;

-- trip rate_of_2024: it is not held
DELETE FROM {mart} WHERE partner_code = 'ALL' AND period_months = 12;

-- trip china_2025: a month is not held
DELETE FROM {mart} WHERE partner_code = '5700' AND period_start = DATE '2025-11-01';

-- trip china_2025: a sector counted twice
UPDATE {mart} SET calculated_duty_usd = 500000, calculated_duty_rate = 0.5
WHERE partner_code = '5700' AND period_start = DATE '2025-05-01';

-- trip world_rate_out_of_bounds: duty in dollars over value in thousands
UPDATE {mart} SET import_value_consumption_usd = 1000000, calculated_duty_rate = 27
WHERE partner_code = 'ALL' AND period_start = DATE '2020-01-01';

-- trip rate_unlike_duty_and_value: percent taken for a fraction
UPDATE {mart} SET calculated_duty_rate = 0 WHERE partner_code = '5700' AND product_level = 'HTS10';

-- trip rate_unlike_duty_and_value: a rate is missing
UPDATE {mart} SET calculated_duty_rate = NULL WHERE partner_code = '5700' AND product_level = 'HTS10';

-- trip duty_without_value
UPDATE {mart} SET calculated_duty_usd = 5 WHERE partner_code = '1220';

-- trip partner_unknown
UPDATE {mart} SET partner_code = '0003' WHERE partner_code = '1220';
