-- Trips of the release suite core.fct_duty_set_measure: 60,000 sets of one measure, with and without a claim.

-- good
INSERT INTO {mart} BY NAME
SELECT
    1 + i AS duty_set_id,
    'other' AS content,
    is_claimed,
    'm_1.1' AS statement_id,
    's232_steel' AS programme,
    's232' AS rate_component,
    'add' AS operation,
    0.25 AS measure_rate,
    1 AS net_share
FROM range(60000) AS r(i)
CROSS JOIN (VALUES (true), (false)) AS states(is_claimed);

-- trip too_few_rows
DELETE FROM {mart} WHERE duty_set_id > 45000;

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(9);

-- trip share_out_of_range: less than nothing is left
UPDATE {mart} SET net_share = -0.1 WHERE duty_set_id = 1;

-- trip share_out_of_range: nobody knows what is left
UPDATE {mart} SET net_share = NULL WHERE duty_set_id = 1;

-- trip words_unknown
UPDATE {mart} SET content = 'iron' WHERE duty_set_id = 1;

-- trip words_unknown: a component no rate is added up by
UPDATE {mart} SET rate_component = 's301_china' WHERE duty_set_id = 1;

-- trip statement_unlike
UPDATE {mart} SET measure_rate = 0.5 WHERE duty_set_id = 1;

-- trip statement_unlike: a statement of another build
UPDATE {mart} SET statement_id = 'm_1.2' WHERE duty_set_id = 1;

-- trip claim_state_missing
DELETE FROM {mart} WHERE duty_set_id = 1 AND is_claimed;
