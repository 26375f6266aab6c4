-- Trips of the release suite policy_events.assessments: ten assessments of a topic.

-- good
INSERT INTO {mart} BY NAME
SELECT
    'somebody-' || i AS assessment_id, 'An association' AS author, 'think_tank' AS author_kind,
    DATE '2025-01-01' AS stated_on, 'topic:controls' AS subject, 'loosen' AS direction, 'Too wide.' AS summary,
    'a statement' AS source
FROM range(10) AS r(i);

-- trip too_few_rows
DELETE FROM {mart} WHERE assessment_id IN ('somebody-1', 'somebody-2', 'somebody-3');

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(201);

-- trip direction_unknown
UPDATE {mart} SET direction = 'sideways' WHERE assessment_id = 'somebody-1';

-- trip act_unknown
UPDATE {mart} SET subject = 'US-NOBODY' WHERE assessment_id = 'somebody-1';
