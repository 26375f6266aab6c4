-- Trips of the release suite core.bridge_provision_measure: ten measures that carry one act.

-- good
INSERT INTO {mart} BY NAME
SELECT 'US-FR-1' AS action_id, 'whole' AS provision_id, 'm_' || i AS measure_id
FROM range(10) AS r(i);

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(1001);

-- trip measure_unknown
UPDATE {mart} SET measure_id = 'no_such' WHERE measure_id = 'm_1';

-- trip provision_unknown
UPDATE {mart} SET provision_id = 'no-such' WHERE measure_id = 'm_1';
