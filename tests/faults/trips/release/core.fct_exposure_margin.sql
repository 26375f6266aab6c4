-- Trips of the release suite core.fct_exposure_margin:
-- twenty steps of one act, each in total, from one partner and of one chapter.

-- good
INSERT INTO {mart} BY NAME
SELECT
    'US-FR-1' AS action_id, 'step-' || i AS provision_id, 'S232' AS authority, 2024 AS weight_year,
    m.partner_code, m.product_level, m.product_code,
    1000000 AS exposed_import_value_consumption_usd, 400000 AS marginal_import_value_consumption_usd,
    5000000 AS import_value_consumption_usd
FROM range(20) AS r(i)
CROSS JOIN (VALUES ('ALL', 'ALL', 'ALL'), ('5700', 'ALL', 'ALL'), ('ALL', 'HS2', '72')) AS m(partner_code,
    product_level, product_code);

-- trip too_few_rows
DELETE FROM {mart} WHERE starts_with(provision_id, 'step-1');

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(6000) WHERE t.product_level = 'HS2';

-- trip unit_unknown
UPDATE {mart} SET provision_id = 'no-such' WHERE provision_id = 'step-1';

-- trip unit_unknown: an act
UPDATE {mart} SET action_id = 'US-NOBODY', provision_id = 'ALL' WHERE provision_id = 'step-1';

-- trip partner_unknown
UPDATE {mart} SET partner_code = '0003' WHERE partner_code = '5700';

-- trip marginal_beyond_gross
UPDATE {mart} SET marginal_import_value_consumption_usd = 2000000 WHERE provision_id = 'step-1';

-- trip marginal_beyond_gross: nothing reached
UPDATE {mart} SET exposed_import_value_consumption_usd = 0,
    marginal_import_value_consumption_usd = 0 WHERE provision_id = 'step-1';

-- trip exposed_beyond_all_imports
UPDATE {mart} SET import_value_consumption_usd = 900000 WHERE provision_id = 'step-1';

-- trip partners_unlike_total
UPDATE {mart} SET exposed_import_value_consumption_usd = 900000 WHERE provision_id = 'step-1' AND partner_code =
    '5700';
