-- Trips of the release suite core.fct_treatment: nine treatments in which nothing changes, and one cut day by day.

-- good
INSERT INTO {mart} BY NAME
SELECT
    treatment_id,
    1 AS duty_set_id,
    DATE '1900-01-01' AS valid_from,
    DATE '9999-12-31' AS valid_to,
    DATE '1900-01-01' AS known_from,
    DATE '9999-12-31' AS known_to
FROM range(2, 11) AS r(treatment_id);
INSERT INTO {mart} BY NAME
SELECT
    1 AS treatment_id,
    1 + i % 100000 AS duty_set_id,
    DATE '1900-01-01' + CAST(i AS INTEGER) AS valid_from,
    CASE WHEN i = 194999 THEN DATE '9999-12-31' ELSE DATE '1900-01-01' + CAST(i + 1 AS INTEGER) END AS valid_to,
    DATE '1900-01-01' AS known_from,
    DATE '9999-12-31' AS known_to
FROM range(195000) AS r(i);

-- trip too_few_rows: what follows each other is run together
DELETE FROM {mart} WHERE treatment_id = 1 AND valid_from > DATE '1900-01-01';
UPDATE {mart} SET valid_to = DATE '9999-12-31' WHERE treatment_id = 1;

-- trip too_many_rows: cut by knowledge that changes nothing
CREATE OR REPLACE TABLE {mart} AS
SELECT
    treatment_id, duty_set_id, valid_from, valid_to,
    DATE '1900-01-01' + CAST(i AS INTEGER) AS known_from,
    CASE WHEN i = 10 THEN DATE '9999-12-31' ELSE DATE '1900-01-02' + CAST(i AS INTEGER) END AS known_to
FROM {mart}
CROSS JOIN range(11) AS r(i);

-- trip clocks_not_covered: a day is missing
DELETE FROM {mart} WHERE treatment_id = 1 AND valid_from = DATE '2000-01-01';

-- trip clocks_not_covered: knowledge begins too late
UPDATE {mart} SET known_from = DATE '2018-01-01' WHERE treatment_id = 2;

-- trip clocks_not_covered: two sets hold on one day
UPDATE {mart} SET valid_to = valid_to + 1 WHERE treatment_id = 1 AND valid_from = DATE '2000-01-01';

-- trip set_unknown
UPDATE {mart} SET duty_set_id = 200000 WHERE treatment_id = 2;

-- trip treatment_unused
UPDATE {mart} SET treatment_id = 11 WHERE treatment_id = 2;
