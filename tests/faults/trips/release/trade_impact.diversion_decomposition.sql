-- Trips of the release suite trade_impact.diversion_decomposition:
-- ten periods after one act, and China's 2025.

-- good
INSERT INTO {mart} BY NAME
SELECT
    'US-FR-' || i AS action_id, FALSE AS is_placebo, 'HS2' AS product_level, DATE '2018-01-01' AS base_period,
    12 AS base_months,
    DATE '2019-01-01' AS period_start, 12 AS period_months, 'import_value_consumption_usd' AS measure,
    10 AS product_count, 900000 AS base_value_usd, 1000000 AS actual_value_usd,
    1.0 AS held_hit_partner_share, 0.5 AS base_hit_share,
    0.4 AS actual_hit_share, -80000.0 AS within_usd, -20000.0 AS between_usd, -100000.0 AS total_usd
FROM range(10) AS r(i);
INSERT INTO {mart} BY NAME
SELECT
    'US-EO-14195' AS action_id, FALSE AS is_placebo, 'HS6' AS product_level, DATE '2024-01-01' AS base_period,
    12 AS base_months,
    DATE '2025-01-01' AS period_start, 12 AS period_months, 'import_value_consumption_usd' AS measure,
    4648 AS product_count, 3000000000000 AS base_value_usd, 3000000000000 AS actual_value_usd,
    1.0 AS held_hit_partner_share, 0.14 AS base_hit_share,
    0.09 AS actual_hit_share, -124000000000.0 AS within_usd, -26000000000.0 AS between_usd,
    -150000000000.0 AS total_usd;

-- trip too_few_rows
DELETE FROM {mart} WHERE starts_with(action_id, 'US-FR-') AND action_id <> 'US-FR-1';

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(300) WHERE t.product_level = 'HS2';

-- trip parts_unlike_total
UPDATE {mart} SET within_usd = within_usd + 10 WHERE action_id = 'US-FR-1';

-- trip total_unlike_shares
UPDATE {mart} SET actual_hit_share = 0.45 WHERE action_id = 'US-FR-1';

-- trip split_of_partners_not_held
UPDATE {mart} SET held_hit_partner_share = 0.6 WHERE action_id = 'US-FR-1';

-- trip split_of_partners_not_held: held, and not split
UPDATE {mart} SET within_usd = NULL, between_usd = NULL, total_usd = NULL WHERE action_id = 'US-FR-1';

-- trip act_unknown
UPDATE {mart} SET action_id = 'US-NOBODY' WHERE action_id = 'US-FR-1';

-- trip china_2025
DELETE FROM {mart} WHERE action_id = 'US-EO-14195';
