-- Trips of the release suite core.bridge_action_relation: ten notices that amend an act.

-- good
INSERT INTO {mart} BY NAME
SELECT
    'US-FR-' || i AS action_id, 'amends' AS relation, 'US-EO-14257' AS related_action_id, 'whole' AS provision_id,
    0.5 AS share_undone, 'clause 1' AS citation
FROM range(10) AS r(i);

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(1001);

-- trip act_unknown
UPDATE {mart} SET action_id = 'US-NOBODY' WHERE action_id = 'US-FR-1';

-- trip provision_unknown
UPDATE {mart} SET provision_id = 'no-such' WHERE action_id = 'US-FR-1';

-- trip to_itself
UPDATE {mart} SET action_id = related_action_id WHERE action_id = 'US-FR-1';

-- trip share_out_of_range
UPDATE {mart} SET share_undone = 1.5 WHERE action_id = 'US-FR-1';
