-- Trips of the release suite trade_impact.import_diversion:
-- thirty chapters of one partner, and two sums of 2025.

-- good
INSERT INTO {mart} BY NAME
SELECT
    'US-FR-1' AS action_id, FALSE AS is_placebo, 'HS2' AS product_level, CAST(30 + i AS VARCHAR) AS product_code,
    '2010' AS partner_code, FALSE AS is_hit_partner, DATE '2018-01-01' AS base_period, 12 AS base_months,
    DATE '2019-01-01' AS period_start, 12 AS period_months, 0.9 AS coverage_share,
    'import_value_consumption_usd' AS measure, 12000000 AS actual_value_usd, 10000000 AS constant_share_value_usd,
    2000000 AS diversion_usd
FROM range(30) AS r(i);
INSERT INTO {mart} BY NAME
SELECT
    'US-EO-14195' AS action_id, FALSE AS is_placebo, 'HS6' AS product_level, '854231' AS product_code, partner_code,
    partner_code = '5700' AS is_hit_partner, DATE '2024-01-01' AS base_period, 12 AS base_months,
    DATE '2025-01-01' AS period_start,
    12 AS period_months, 1.0 AS coverage_share, 'import_value_consumption_usd' AS measure,
    300000000000 AS actual_value_usd, 300000000000 - diversion_usd AS constant_share_value_usd, diversion_usd
FROM (VALUES ('5700', -118900000000), ('5520', 51000000000)) AS sums(partner_code, diversion_usd);

-- trip too_few_rows
DELETE FROM {mart} WHERE product_code BETWEEN '40' AND '60';

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(31000) WHERE partner_code = '2010';

-- trip act_unknown
UPDATE {mart} SET action_id = 'US-NOBODY' WHERE product_code = '31';

-- trip partner_unknown
UPDATE {mart} SET partner_code = '0003' WHERE product_code = '31';

-- trip diversion_unlike_values: the sign
UPDATE {mart} SET diversion_usd = -diversion_usd WHERE product_code = '31';

-- trip product_hardly_covered
UPDATE {mart} SET coverage_share = 0.1 WHERE product_code = '31';

-- trip china_lost_and_vietnam_gained: not held
DELETE FROM {mart} WHERE action_id = 'US-EO-14195';

-- trip china_lost_and_vietnam_gained: partners mixed up
UPDATE {mart} SET partner_code = CASE partner_code WHEN '5700' THEN '5520' ELSE '5700' END WHERE action_id =
    'US-EO-14195';
