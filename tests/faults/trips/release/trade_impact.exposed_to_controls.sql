-- Trips of the release suite trade_impact.exposed_to_controls: goods of ten acts in one year, their sums, and antimony
-- oxides by one of them.

-- good
INSERT INTO {mart} BY NAME
SELECT
    'A ministry' AS issuer, 'CN' AS issuer_country, 'US-FR-' || i AS action_id, 'whole' AS provision_id, product_level,
    product_code, has_other_goods, 'US' AS importer_code, DATE '2024-01-01' AS period_start, 12 AS period_months,
    measure, 60 AS value_usd, total AS total_value_usd, 60 / CAST(total AS DOUBLE) AS controlled_share,
    366 AS days_in_force_count
FROM range(10) AS r(i)
CROSS JOIN (VALUES ('HS6', '280000', 100, false), ('ALL', 'ALL', 100, false))
    AS goods(product_level, product_code, total, has_other_goods)
CROSS JOIN (VALUES ('import_value_consumption_usd'), ('import_value_general_usd')) AS measures(measure);
INSERT INTO {mart} BY NAME
SELECT
    'A ministry' AS issuer, 'CN' AS issuer_country, 'US-FR-1' AS action_id, 'whole' AS provision_id,
    'HS6' AS product_level, '850000' AS product_code, true AS has_other_goods, 'US' AS importer_code,
    DATE '2000-01-01' + to_months(12 * i::INTEGER) AS period_start, 12 AS period_months,
    'import_value_consumption_usd' AS measure, 60 AS value_usd, 100 AS total_value_usd, 0.6 AS controlled_share,
    0 AS days_in_force_count
FROM range(280) AS r(i);
INSERT INTO {mart} BY NAME
SELECT
    'A ministry' AS issuer, 'CN' AS issuer_country, 'US-FR-2' AS action_id, 'whole' AS provision_id,
    'HS6' AS product_level, '282580' AS product_code, true AS has_other_goods, 'US' AS importer_code,
    DATE '2024-01-01' AS period_start, 12 AS period_months, 'import_value_consumption_usd' AS measure,
    587 AS value_usd, 1000 AS total_value_usd, 0.587 AS controlled_share, 108 AS days_in_force_count;

-- trip too_few_rows
DELETE FROM {mart} WHERE product_code = '850000' AND period_start > DATE '2060-01-01';

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(5) WHERE product_code = '850000';

-- trip share_unlike_values: of the rest
UPDATE {mart} SET controlled_share = 0.4 WHERE product_code = '850000' AND period_start = DATE '2024-01-01';

-- trip share_unlike_values: more than everything
UPDATE {mart} SET value_usd = 101, controlled_share = 1.01
WHERE product_code = '850000' AND period_start = DATE '2024-01-01';

-- trip measure_unknown
UPDATE {mart} SET measure = 'quantity' WHERE product_code = '850000' AND period_start = DATE '2024-01-01';

-- trip goods_unknown
UPDATE {mart} SET product_code = '860000' WHERE product_code = '850000' AND period_start = DATE '2024-01-01';

-- trip days_beyond_period
UPDATE {mart} SET days_in_force_count = 367 WHERE product_code = '850000' AND period_start = DATE '2024-01-01';

-- trip all_above_parts
UPDATE {mart} SET total_value_usd = 200, controlled_share = 0.3 WHERE product_code = 'ALL' AND action_id = 'US-FR-1';

-- trip antimony_2024: the issuer is taken for everybody
UPDATE {mart} SET value_usd = 1000, controlled_share = 1 WHERE product_code = '282580';

-- trip antimony_2024: it is not held
UPDATE {mart} SET period_start = DATE '2023-01-01' WHERE product_code = '282580';
