-- Trips of the release suite core.fct_duty_rate: 100,000 sets that add nothing, a few of them steel at 50 % or a floor.

-- good
INSERT INTO {mart} BY NAME
SELECT
    1 + i AS duty_set_id, CASE WHEN i < 500 THEN 1 ELSE 0 END AS product_class_id,
    0 AS s232_added_rate, 0 AS s232_claimed_added_rate, 0 AS s301_added_rate, 0 AS s301_claimed_added_rate,
    0 AS s201_added_rate, 0 AS s201_claimed_added_rate, 0 AS ieepa_reciprocal_added_rate,
    0 AS ieepa_reciprocal_claimed_added_rate, 0 AS ieepa_fentanyl_added_rate,
    0 AS ieepa_fentanyl_claimed_added_rate, 0 AS ieepa_other_added_rate, 0 AS ieepa_other_claimed_added_rate,
    0 AS s122_added_rate, 0 AS s122_claimed_added_rate, 0 AS s338_added_rate, 0 AS s338_claimed_added_rate,
    0 AS other_added_rate, 0 AS other_claimed_added_rate, 0 AS s232_floor_share, 0 AS s232_claimed_floor_share,
    0 AS s301_floor_share, 0 AS s301_claimed_floor_share, 0 AS ieepa_reciprocal_floor_share,
    0 AS ieepa_reciprocal_claimed_floor_share, 0 AS other_floor_share, 0 AS other_claimed_floor_share
FROM range(100000) AS r(i);
UPDATE {mart} SET s232_added_rate = 0.5, s232_claimed_added_rate = 0.5 WHERE duty_set_id BETWEEN 1 AND 9;
UPDATE {mart} SET s122_added_rate = 0.1, ieepa_reciprocal_added_rate = 1.25 WHERE duty_set_id = 10;
UPDATE {mart} SET s301_floor_rate = 0.1, s301_floor_share = 1, s301_floor_column = 'general' WHERE duty_set_id = 20;

-- trip too_few_rows
DELETE FROM {mart} WHERE duty_set_id > 93000;

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(9);

-- trip rate_out_of_range: less than nothing
UPDATE {mart} SET other_claimed_added_rate = -0.01 WHERE duty_set_id = 5;

-- trip rate_out_of_range: a percentage as printed
UPDATE {mart} SET s232_added_rate = 50 WHERE duty_set_id = 5;

-- trip rate_out_of_range: no rate at all
UPDATE {mart} SET s201_added_rate = NULL WHERE duty_set_id = 5;

-- trip share_out_of_range
UPDATE {mart} SET s301_floor_share = 1.5 WHERE duty_set_id = 20;

-- trip floor_incomplete: measured against nothing
UPDATE {mart} SET s301_floor_column = NULL WHERE duty_set_id = 20;

-- trip floor_incomplete: it reaches no goods
UPDATE {mart} SET s301_floor_share = 0 WHERE duty_set_id = 20;

-- trip beyond_law: 15 %, announced and never law
UPDATE {mart} SET s122_added_rate = 0.15 WHERE duty_set_id = 10;

-- trip beyond_law: China pays what all pay too
UPDATE {mart} SET ieepa_reciprocal_added_rate = 1.35 WHERE duty_set_id = 10;

-- trip set_unheld
UPDATE {mart} SET duty_set_id = 100001 WHERE duty_set_id = 50;
