-- Trips of the release suite core.fct_trade_flow: imports of 2024 and 2025 from China, the 27 members of the
-- European Union and one other partner, a month by chapter, and 2.95 million figures that were replaced.

-- good
INSERT INTO {mart} BY NAME
SELECT
    'import' AS flow, partner_code, 'HTS10' AS product_level, '0100000001' AS product_code, period_start,
    12 AS period_months, CAST(value_bn * 1e9 AS BIGINT) AS import_value_consumption_usd,
    CAST(duty_bn * 1e9 AS BIGINT) AS calculated_duty_usd, DATE '2026-08-31' AS known_from,
        DATE '9999-12-31' AS known_to
FROM (VALUES
    ('5700', DATE '2024-01-01', 431.0, 47.1), ('1200', DATE '2024-01-01', 2790.7, 29.5),
    ('5700', DATE '2025-01-01', 299.8, 91.8), ('1200', DATE '2025-01-01', 3091.4, 167.6)
) AS years(partner_code, period_start, value_bn, duty_bn)
UNION ALL BY NAME
SELECT
    'import' AS flow, CAST(1000 + i AS VARCHAR) AS partner_code, 'HTS10' AS product_level,
        '0100000001' AS product_code,
    DATE '2024-01-01' AS period_start, 12 AS period_months, 1000000000 AS import_value_consumption_usd,
    0 AS calculated_duty_usd, DATE '2026-08-31' AS known_from, DATE '9999-12-31' AS known_to
FROM range(1, 28) AS r(i);
INSERT INTO {mart} BY NAME
SELECT
    'import' AS flow, '5700' AS partner_code, 'HS2' AS product_level, '84' AS product_code,
    DATE '2013-01-01' AS period_start, 1 AS period_months, 500 AS import_value_consumption_usd,
    50 AS calculated_duty_usd, DATE '2014-01-01' AS known_from, DATE '9999-12-31' AS known_to;

-- bulk
SELECT
    'export' AS flow, '4190' AS partner_code, 'SB10' AS product_level, 'replaced' AS product_code,
    DATE '2013-01-01' AS period_start, 1 AS period_months, 1 AS export_value_fas_usd,
    DATE '2014-01-01' AS known_from, DATE '2015-01-01' AS known_to
FROM range(2950000)

-- trip too_few_rows
CREATE VIEW {mart} AS FROM {good} WHERE product_level <> 'SB10';

-- trip too_many_rows
CREATE VIEW {mart} AS
SELECT t.* FROM {good} AS t CROSS JOIN range(3) AS r(i) WHERE i = 0 OR product_level = 'SB10';

-- trip open_row_not_unique
INSERT INTO {mart} SELECT * REPLACE (DATE '2015-01-01' AS known_from) FROM {mart} WHERE product_level = 'HS2';

-- trip known_before_period_ended
UPDATE {mart} SET known_from = DATE '2013-01-31' WHERE product_level = 'HS2';

-- trip imports_2024: a partner is lost
DELETE FROM {mart} WHERE partner_code BETWEEN '1001' AND '1010';

-- trip imports_2024: nothing is held
UPDATE {mart} SET product_level = 'HTS8' WHERE partner_code = '1200' AND period_start = DATE '2024-01-01';

-- trip imports_2025: duty of one month counted twice
UPDATE {mart} SET calculated_duty_usd = calculated_duty_usd + 30000000000
WHERE partner_code = '1200' AND period_start = DATE '2025-01-01';

-- trip china_2024: Hong Kong taken for China
UPDATE {mart} SET import_value_consumption_usd = import_value_consumption_usd + 6000000000
WHERE partner_code = '5700' AND period_start = DATE '2024-01-01';

-- trip china_2025
UPDATE {mart} SET calculated_duty_usd = calculated_duty_usd - 3000000000
WHERE partner_code = '5700' AND period_start = DATE '2025-01-01';

-- trip product_unknown: leading zeros lost
UPDATE {mart} SET product_code = '100000001' WHERE partner_code = '1200' AND period_start = DATE '2025-01-01';
