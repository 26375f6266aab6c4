-- Trips of the release suite core.fct_import_comparison:
-- sixty headings of one partner, and China's two years.

-- good
INSERT INTO {mart} BY NAME
SELECT
    'HS6' AS product_level, CAST(720001 + i AS VARCHAR) AS product_code, '2010' AS partner_code, FALSE AS is_placebo,
    DATE '2025-01-01' AS effect_from, DATE '2025-07-01' AS effect_to, DATE '2024-01-01' AS base_period,
    12 AS base_months,
    DATE '2025-01-01' AS period_start, 12 AS period_months, 100 AS base_value_usd, 90 AS actual_value_usd,
    400 AS world_base_value_usd, 410 AS world_actual_value_usd
FROM range(60) AS r(i);
INSERT INTO {mart} VALUES
    ('HS6', '854231', '5700', FALSE, DATE '2025-01-01', DATE '2025-07-01', DATE '2024-01-01', 12, DATE '2025-01-01',
    12,
     431000000000, 299800000000, 500000000000, 500000000000);

-- trip too_few_rows
DELETE FROM {mart} WHERE product_code > '720020' AND partner_code = '2010';

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(21000) WHERE partner_code = '2010';

-- trip partner_beyond_world
UPDATE {mart} SET actual_value_usd = 500 WHERE product_code = '720011';

-- trip partner_unknown
UPDATE {mart} SET partner_code = '0003' WHERE product_code = '720011';

-- trip effect_outside_period
UPDATE {mart} SET period_months = 3 WHERE product_code = '720011';

-- trip effect_outside_period: after it
UPDATE {mart} SET period_start = DATE '2025-02-01' WHERE product_code = '720011';

-- trip china_2024_and_2025: a year is lost
UPDATE {mart} SET actual_value_usd = 0 WHERE partner_code = '5700';

-- trip china_2024_and_2025: not held
DELETE FROM {mart} WHERE partner_code = '5700';
