-- Trips of the release suite core.fct_scenario_step: fourteen steps of one scenario.

-- good
INSERT INTO core.dim_scenario BY NAME
SELECT
    'scenario' AS scenario_id, 'A scenario' AS title, 'What if?' AS question, 'cliff' AS kind, 'Statecraft' AS author,
    'An act' AS source, true AS is_in_fan, 14 AS step_count, DATE '2027-01-01' AS valid_from,
    DATE '2028-01-01' AS valid_to;
INSERT INTO {mart} BY NAME
SELECT
    'scenario' AS scenario_id, i AS step_number, 'hold' AS operation, 's122' AS measures, DATE '2026-07-23' AS law_on,
    'A reason' AS why, DATE '2027-01-01' AS valid_from, DATE '2028-01-01' AS valid_to
FROM range(14) AS r(i);

-- trip too_few_rows
DELETE FROM {mart} WHERE step_number > 3;

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(200);

-- trip scenario_unknown
UPDATE {mart} SET scenario_id = 'another' WHERE step_number = 1;

-- trip about_nothing
UPDATE {mart} SET measures = NULL WHERE step_number = 1;

-- trip holds_no_law
UPDATE {mart} SET law_on = NULL WHERE step_number = 1;
