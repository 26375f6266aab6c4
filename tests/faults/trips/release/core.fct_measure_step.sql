-- Trips of the release suite core.fct_measure_step: the days everybody knows, and a row of others.

-- good
INSERT INTO core.dim_action BY NAME
SELECT
    action_id, 'An act' AS title, 'An office' AS issuer, 'US' AS issuer_country, 'S232' AS authority,
    'tariff' AS instrument, 'tighten' AS direction, DATE '2025-03-01' AS known_on,
    DATE '2025-03-01' AS published_on, 'Text of the act' AS evidence
FROM (VALUES
    ('US-FR-2018-13248'), ('US-EO-14195'), ('US-EO-14257'), ('US-EO-14266'), ('US-EO-14298'),
    ('US-PROC-10947'), ('US-EO-14389'), ('US-PROC-11012')
) AS acts(action_id)
WHERE action_id NOT IN (SELECT action_id FROM core.dim_action);
INSERT INTO {mart} VALUES
    (DATE '2018-07-06', 'S301', 'US-FR-2018-13248'), (DATE '2025-02-04', 'IEEPA', 'US-EO-14195'),
    (DATE '2025-04-05', 'IEEPA', 'US-EO-14257'), (DATE '2025-05-14', 'IEEPA', 'US-EO-14298'),
    (DATE '2025-06-04', 'S232', 'US-PROC-10947'), (DATE '2026-02-24', 'IEEPA', 'US-EO-14389'),
    (DATE '2026-07-24', 'S122', 'US-PROC-11012');
INSERT INTO {mart} SELECT DATE '2019-01-01' + CAST(i AS INTEGER), 'S232', 'US-PROC-10947' FROM range(200) AS r(i);

-- trip too_few_rows
DELETE FROM {mart} WHERE changed_on BETWEEN DATE '2019-02-01' AND DATE '2019-12-31';

-- trip too_many_rows
INSERT INTO {mart} SELECT DATE '2020-01-01' + CAST(i AS INTEGER), 'S232', 'US-PROC-10947' FROM range(500) AS r(i);

-- trip known_steps
UPDATE {mart} SET changed_on = DATE '2025-05-12' WHERE action_id = 'US-EO-14298';

-- trip act_unknown
INSERT INTO {mart} VALUES (DATE '2025-01-01', 'S232', 'US-PROC-99999');

-- trip authority_unknown
INSERT INTO {mart} VALUES (DATE '2025-01-01', 'S999', 'US-PROC-10947');

-- trip day_out_of_bounds
INSERT INTO {mart} VALUES (DATE '2205-01-01', 'S232', 'US-PROC-10947');
