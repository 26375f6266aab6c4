-- Trips of the release suite core.fct_provision_exposure: twenty steps of one act.

-- good
INSERT INTO {mart} BY NAME
SELECT
    'US-FR-1' AS action_id, 'step-' || i AS provision_id, 2024 AS weight_year,
    1000000 AS exposed_import_value_consumption_usd
FROM range(20) AS r(i);

-- trip too_few_rows
DELETE FROM {mart} WHERE starts_with(provision_id, 'step-1');

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(5001);

-- trip provision_unknown
UPDATE {mart} SET provision_id = 'no-such' WHERE provision_id = 'step-1';

-- trip value_impossible: more than all imports
UPDATE {mart} SET exposed_import_value_consumption_usd = 6000000000000 WHERE provision_id = 'step-1';

-- trip value_impossible: none
UPDATE {mart} SET exposed_import_value_consumption_usd = 0 WHERE provision_id = 'step-1';
