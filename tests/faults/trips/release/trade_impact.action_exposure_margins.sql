-- Trips of the release suite trade_impact.action_exposure_margins:
-- twenty steps of one act, each in total, from one partner, of one chapter and of goods without a sector.

-- good
INSERT INTO {mart} BY NAME
SELECT
    'US-FR-1' AS action_id, 'step-' || i AS provision_id, 'S232' AS authority, 2024 AS weight_year,
    m.partner_code, m.product_level, m.product_code,
    1000000 AS exposed_import_value_consumption_usd, 400000 AS marginal_import_value_consumption_usd,
    5000000 AS import_value_consumption_usd,
    0.2 AS exposed_share, 0.08 AS marginal_share
FROM range(20) AS r(i)
CROSS JOIN (VALUES ('ALL', 'ALL', 'ALL'), ('5700', 'ALL', 'ALL'), ('ALL', 'HS2', '72'),
    ('ALL', 'NAICS3', 'unclassified')) AS m(partner_code,
    product_level, product_code);

-- trip too_few_rows
DELETE FROM {mart} WHERE provision_id <> 'step-0';

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(6000)
WHERE t.product_level = 'ALL' AND t.partner_code = 'ALL';

-- trip unit_unknown
UPDATE {mart} SET provision_id = 'no-such' WHERE provision_id = 'step-1';

-- trip unit_unknown: an act
UPDATE {mart} SET action_id = 'US-NOBODY', provision_id = 'ALL' WHERE provision_id = 'step-1';

-- trip partner_unknown
UPDATE {mart} SET partner_code = '0003' WHERE partner_code = '5700';

-- trip marginal_beyond_gross
UPDATE {mart} SET marginal_import_value_consumption_usd = 2000000 WHERE provision_id = 'step-1';
UPDATE {mart} SET exposed_share = exposed_import_value_consumption_usd / import_value_consumption_usd,
    marginal_share = marginal_import_value_consumption_usd / import_value_consumption_usd;

-- trip marginal_beyond_gross: nothing reached
UPDATE {mart} SET exposed_import_value_consumption_usd = 0,
    marginal_import_value_consumption_usd = 0 WHERE provision_id = 'step-1';
UPDATE {mart} SET exposed_share = exposed_import_value_consumption_usd / import_value_consumption_usd,
    marginal_share = marginal_import_value_consumption_usd / import_value_consumption_usd;

-- trip exposed_beyond_all_imports
UPDATE {mart} SET import_value_consumption_usd = 900000 WHERE provision_id = 'step-1';
UPDATE {mart} SET exposed_share = exposed_import_value_consumption_usd / import_value_consumption_usd,
    marginal_share = marginal_import_value_consumption_usd / import_value_consumption_usd;

-- trip partners_unlike_total
UPDATE {mart} SET exposed_import_value_consumption_usd = 900000 WHERE provision_id = 'step-1' AND partner_code =
    '5700';
UPDATE {mart} SET exposed_share = exposed_import_value_consumption_usd / import_value_consumption_usd,
    marginal_share = marginal_import_value_consumption_usd / import_value_consumption_usd;

-- trip products_unlike_total: goods without a sector
DELETE FROM {mart} WHERE provision_id = 'step-1' AND product_level = 'NAICS3';

-- trip products_unlike_total: a chapter
UPDATE {mart} SET marginal_import_value_consumption_usd = 300000, marginal_share = 0.06
WHERE provision_id = 'step-1' AND product_level = 'HS2';

-- trip share_unlike_values
UPDATE {mart} SET exposed_share = 0.3 WHERE provision_id = 'step-1';
