-- Trips of the release suite trade_impact.supplier_dependence: the year 2024 of four goods and their totals, a month of
-- which the world is stated, and 40,000 lines of another year, each of one supplier.

-- good
INSERT INTO {mart} BY NAME
SELECT
    product_level, product_code, DATE '2024-01-01' AS period_start, 12 AS period_months, true AS is_whole_world,
    world AS import_value_consumption_usd, hhi, hhi AS hhi_at_least, hhi AS hhi_at_most,
    10000 / hhi AS effective_suppliers, top AS top_partner_code, top_share, 3 AS supplier_count,
    CAST(china AS DOUBLE) / world AS china_share, china AS china_import_value_consumption_usd,
    top_share > 0.5 AND hhi > 4000 AS is_dependent
FROM (VALUES
    ('HTS10', '2504101000', 1000, 5000.0, '5700', 0.668, 668),
    ('HTS10', '2825800000', 1000, 4200.0, '5700', 0.587, 587),
    ('HTS10', '0101210010', 8000, 900.0, '1220', 0.2, 72), ('HS6', '250410', 1000, 5000.0, '5700', 0.668, 668),
    ('HS6', '282580', 1000, 4200.0, '5700', 0.587, 587), ('HS6', '010121', 8000, 900.0, '1220', 0.2, 72),
    ('HS2', '25', 1000, 5000.0, '5700', 0.668, 668), ('HS2', '28', 1000, 4200.0, '5700', 0.587, 587),
    ('HS2', '01', 8000, 900.0, '1220', 0.2, 72), ('ALL', 'ALL', 10000, 700.0, '2010', 0.16, 1327),
    ('GROUP', 'rare_earths', 1000, 5100.0, '5700', 0.7, 700)
) AS goods(product_level, product_code, world, hhi, top, top_share, china);
INSERT INTO {mart} BY NAME
SELECT
    'HS2' AS product_level, '85' AS product_code, DATE '2019-06-01' AS period_start, 1 AS period_months,
    false AS is_whole_world, 1000 AS import_value_consumption_usd, 4900.0 AS hhi_at_least, 5000.0 AS hhi_at_most,
    '5700' AS top_partner_code, 0.6 AS top_share, 600 AS china_import_value_consumption_usd, 0.6 AS china_share,
    true AS is_dependent, 200 AS export_value_fas_usd, 800 AS net_import_value_usd, true AS is_dependent_net_of_exports;
INSERT INTO {mart} BY NAME
SELECT
    'NAICS3' AS product_level, 'n' || i AS product_code, DATE '2025-01-01' AS period_start, 12 AS period_months,
    true AS is_whole_world, 1000 AS import_value_consumption_usd, 10000.0 AS hhi, 10000.0 AS hhi_at_least,
    10000.0 AS hhi_at_most, 1.0 AS effective_suppliers, '1220' AS top_partner_code, 1.0 AS top_share,
    1 AS supplier_count, 0 AS china_import_value_consumption_usd, 0.0 AS china_share, true AS is_dependent
FROM range(42000) AS r(i);

-- trip too_few_rows
DELETE FROM {mart} WHERE product_level = 'NAICS3' AND product_code < 'n2';

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(3) WHERE product_level = 'NAICS3';

-- trip index_unlike_shares: shares are squared twice
UPDATE {mart} SET hhi = 350, hhi_at_least = 350, hhi_at_most = 350, effective_suppliers = 10000.0 / 350
WHERE product_code = '010121';

-- trip index_unlike_shares: the number is of another product
UPDATE {mart} SET effective_suppliers = 3 WHERE product_code = '010121';

-- trip index_unlike_shares: bounds are exchanged
UPDATE {mart} SET hhi_at_least = 5000, hhi_at_most = 4900 WHERE product_code = '85';

-- trip sample_taken_for_world
UPDATE {mart} SET hhi = 4950, effective_suppliers = 10000.0 / 4950 WHERE product_code = '85';

-- trip sample_taken_for_world: an index is missing
UPDATE {mart} SET hhi = NULL, effective_suppliers = NULL WHERE product_code = '010121';

-- trip flag_unlike_rule: the share alone
UPDATE {mart} SET is_dependent = true, is_dependent_net_of_exports = NULL WHERE product_code = '010121';

-- trip flag_unlike_rule: it is left out
UPDATE {mart} SET is_dependent = NULL WHERE product_code = '250410';

-- trip share_unlike_values: of imports of another kind
UPDATE {mart} SET china_import_value_consumption_usd = 60 WHERE product_code = '010121';

-- trip share_unlike_values: larger than the largest
UPDATE {mart} SET china_import_value_consumption_usd = 2400, china_share = 0.3 WHERE product_code = '010121';

-- trip levels_disagree: a line is lost
DELETE FROM {mart} WHERE product_code = '0101210010';

-- trip net_unlike_sides: exports less imports
UPDATE {mart} SET net_import_value_usd = -800 WHERE product_code = '85';

-- trip net_unlike_sides: exports forgotten
UPDATE {mart} SET is_dependent_net_of_exports = true WHERE product_code = '010121';

-- trip partner_unknown
UPDATE {mart} SET top_partner_code = '0003' WHERE product_code = '010121';

-- trip china_2024: Hong Kong is added
UPDATE {mart} SET china_import_value_consumption_usd = 1400, china_share = 0.14 WHERE product_code = 'ALL';

-- trip china_2024: a group is not held
DELETE FROM {mart} WHERE product_code = 'rare_earths';
