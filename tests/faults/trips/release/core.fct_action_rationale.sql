-- Trips of the release suite core.fct_action_rationale: ten acts read by themselves and by this project.

-- good
INSERT INTO {mart} BY NAME
SELECT
    'US-FR-' || i AS action_id, coder, 'security' AS rationale, 'Says so in clause 1' AS ground,
    'text of the act' AS source
FROM range(10) AS r(i)
CROSS JOIN (VALUES ('act_text'), ('statecraft')) AS coders(coder);

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(501);

-- trip act_unknown
UPDATE {mart} SET action_id = 'US-NOBODY' WHERE action_id = 'US-FR-1';

-- trip without_ground
UPDATE {mart} SET ground = ' ' WHERE action_id = 'US-FR-1';

-- trip without_ground: no source
UPDATE {mart} SET source = NULL WHERE action_id = 'US-FR-1';
