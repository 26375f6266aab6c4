-- Trips of the release suite core.dim_scenario: nine scenarios.

-- good
INSERT INTO {mart} BY NAME
SELECT
    'scenario_' || i AS scenario_id, 'A scenario' AS title, 'What if?' AS question, 'cliff' AS kind,
    'Statecraft' AS author, 'An act' AS source, true AS is_in_fan, 1 AS step_count, DATE '2027-01-01' AS valid_from,
    DATE '2028-01-01' AS valid_to
FROM range(9) AS r(i);

-- trip too_few_rows
DELETE FROM {mart} WHERE scenario_id > 'scenario_3';

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(30);

-- trip no_days
UPDATE {mart} SET valid_to = valid_from WHERE scenario_id = 'scenario_1';

-- trip kind_unknown
UPDATE {mart} SET kind = 'dream' WHERE scenario_id = 'scenario_1';

-- trip without_source
UPDATE {mart} SET source = '' WHERE scenario_id = 'scenario_1';
