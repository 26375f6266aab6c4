-- Trips of the release suite policy_events.due_dates: ten steps to come.

-- good
INSERT INTO {mart} BY NAME
SELECT
    DATE '2030-04-02' + CAST(i AS INTEGER) AS due_on, 'US-FR-1' AS action_id, 'step-' || i AS provision_id,
    'A step' AS what, 'takes_effect' AS due_kind, DATE '2026-04-02' AS known_from, '2026-06956' AS evidence_document
FROM range(10) AS r(i);

-- trip too_few_rows
DELETE FROM {mart} WHERE due_on > DATE '2030-04-05';

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(501);

-- trip provision_unknown
UPDATE {mart} SET provision_id = 'no-such' WHERE provision_id = 'step-1';

-- trip known_plans
UPDATE {mart} SET due_on = DATE '2031-01-01' WHERE provision_id = 'step-0';
