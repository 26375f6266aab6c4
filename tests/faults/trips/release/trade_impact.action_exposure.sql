-- Trips of the release suite trade_impact.action_exposure:
-- twenty steps of one act, and the first order on China.

-- good
INSERT INTO {mart} BY NAME
SELECT
    'US-FR-1' AS action_id, 'step-' || i AS provision_id, 2024 AS weight_year, 'S232' AS authority,
    'tighten' AS direction, DATE '2025-06-04' AS took_effect_on, FALSE AS is_scheduled,
    TRUE AS is_pre_period_weight,
    1000000 AS exposed_import_value_consumption_usd, 0.2 AS exposed_share,
    400000 AS marginal_import_value_consumption_usd, 0.08 AS marginal_share
FROM range(20) AS r(i);
INSERT INTO {mart} VALUES
    ('US-EO-14195', 'whole', 2024, 'IEEPA', 'tighten', DATE '2025-02-04', FALSE, TRUE, 431510360148, 0.133,
    419716254921, 0.129);

-- trip too_few_rows
DELETE FROM {mart} WHERE starts_with(provision_id, 'step-');

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(200);

-- trip provision_unknown
UPDATE {mart} SET provision_id = 'no-such' WHERE provision_id = 'step-1';

-- trip marginal_beyond_gross
UPDATE {mart} SET marginal_import_value_consumption_usd = 2000000 WHERE provision_id = 'step-1';

-- trip marginal_without_day: never in force
UPDATE {mart} SET took_effect_on = NULL, is_scheduled = NULL WHERE provision_id = 'step-1';

-- trip marginal_without_day: not compared
UPDATE {mart} SET marginal_import_value_consumption_usd = NULL, marginal_share = NULL WHERE provision_id = 'step-1';

-- trip marginal_without_day: planned or not
UPDATE {mart} SET is_scheduled = NULL WHERE provision_id = 'step-1';

-- trip share_out_of_bounds
UPDATE {mart} SET exposed_share = 1.2 WHERE provision_id = 'step-1';

-- trip gross_unlike_the_calendar
UPDATE {mart} SET exposed_import_value_consumption_usd = 1000001 WHERE provision_id = 'step-1';

-- trip fentanyl_duties_on_china: the day compared with itself
UPDATE {mart} SET marginal_import_value_consumption_usd = 0, marginal_share = 0 WHERE action_id = 'US-EO-14195';

-- trip fentanyl_duties_on_china: it is not there
DELETE FROM {mart} WHERE action_id = 'US-EO-14195';
