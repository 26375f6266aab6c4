-- Trips of the release suite core.fct_period_tariff: a line of China in 2025, and many of one kind.

-- good
INSERT INTO {mart} BY NAME
SELECT
    '5700' AS partner_code, 'HTS10' AS product_level, '0100000001' AS product_code, period_start,
    12 AS period_months, rate AS expected_rate
FROM (VALUES (DATE '2024-01-01', 0.25), (DATE '2025-01-01', 0.45)) AS rates(period_start, rate);

-- bulk
SELECT
    '5700' AS partner_code, 'HTS10' AS product_level, '0100000001' AS product_code,
    DATE '2024-01-01' AS period_start, 12 AS period_months, 0.25 AS expected_rate
FROM range(600000)

-- trip too_few_rows
CREATE VIEW {mart} AS FROM {good} WHERE period_start > DATE '2024-01-01';

-- trip too_many_rows
CREATE VIEW {mart} AS SELECT t.* FROM {good} AS t CROSS JOIN range(3);

-- trip rate_impossible: percent taken for a fraction
UPDATE {mart} SET expected_rate = 25 WHERE period_start = DATE '2024-01-01';

-- trip rate_impossible: a period without a computable duty
UPDATE {mart} SET expected_rate = NULL WHERE period_start = DATE '2024-01-01';

-- trip partner_unknown with rate_without_imports
UPDATE {mart} SET partner_code = '0003' WHERE period_start = DATE '2024-01-01';

-- trip rate_without_imports
UPDATE {mart} SET product_code = '0100000009' WHERE period_start = DATE '2024-01-01';

-- trip china_2025: days of the year counted twice
UPDATE {mart} SET expected_rate = 0.9 WHERE period_start = DATE '2025-01-01';
