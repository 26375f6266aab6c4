-- Trips of the release suite policy_events.rate_changes: the path of all partners, as in the trips of
-- trade_impact.effective_tariff_steps, and 5,600 steps of one partner.

-- good
INSERT INTO {mart}
SELECT 2024, day, authority, 'ALL', action_id, action_id, change_pp, 3200000000000
FROM (VALUES
    (DATE '2018-07-06', 'S301', 'US-FR-2018-13248', 0.8), (DATE '2018-09-24', 'S301', 'US-FR-2018-13248', 0.45),
    (DATE '2025-02-04', 'IEEPA', 'US-EO-14257', 1.3), (DATE '2025-03-04', 'IEEPA', 'US-EO-14257', 1.7),
    (DATE '2025-04-05', 'IEEPA', 'US-EO-14257', 4.0), (DATE '2025-04-09', 'IEEPA', 'US-EO-14257', 11.0),
    (DATE '2025-04-10', 'IEEPA', 'US-EO-14266', -1.0), (DATE '2025-05-14', 'IEEPA', 'US-EO-14298', -10.5),
    (DATE '2025-06-04', 'S232', 'US-PROC-10947', 2.0), (DATE '2026-02-24', 'IEEPA', 'US-EO-14389', -6.5),
    (DATE '2026-02-24', 'S122', 'US-EO-14389', 3.4), (DATE '2026-07-24', 'S122', 'US-EO-14389', -3.4)
) AS steps(day, authority, action_id, change_pp);
UPDATE {mart} SET action_ids = 'US-EO-14257; US-EO-14389' WHERE day = DATE '2026-02-24' AND authority = 'IEEPA';
INSERT INTO {mart} BY NAME
SELECT
    weight_year, day, 'ALL' AS authority, partner_code, min(action_id) AS action_id, min(action_ids) AS action_ids,
    sum(change_pp) AS change_pp, import_value_consumption_usd
FROM {mart}
GROUP BY ALL;
INSERT INTO {mart} BY NAME
SELECT
    3000 + CAST(i AS INTEGER) AS weight_year, DATE '2020-03-01' AS day, authority, '2010' AS partner_code,
    1.0 AS change_pp, 1000 AS import_value_consumption_usd
FROM range(5600) AS r(i)
CROSS JOIN (VALUES ('ALL'), ('S232')) AS parts(authority);

-- trip too_few_rows
DELETE FROM {mart} WHERE weight_year > 4000;

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* REPLACE (10000 * CAST(i AS INTEGER) + weight_year AS weight_year)
FROM {mart} AS t CROSS JOIN range(1, 5) AS r(i) WHERE partner_code = '2010';

-- trip known_steps: another act
UPDATE {mart} SET action_ids = 'US-EO-14257' WHERE day = DATE '2026-02-24' AND authority = 'IEEPA';

-- trip known_steps: another size, the same way
UPDATE {mart} SET change_pp = change_pp + 10 WHERE day = DATE '2025-04-05';
UPDATE {mart} SET change_pp = change_pp - 10 WHERE day = DATE '2025-04-09';

-- trip parts_unlike_total
UPDATE {mart} SET change_pp = 1.1 WHERE weight_year = 3001 AND authority = 'ALL';

-- trip steps_unlike_rates: a step is lost
DELETE FROM {mart} WHERE day = DATE '2025-03-04';

-- trip change_too_small
UPDATE {mart} SET change_pp = 0.0000001 WHERE weight_year = 3001;

-- trip act_unknown
UPDATE {mart} SET action_id = 'US-PROC-99999' WHERE weight_year = 3001;

-- trip large_step_without_act
UPDATE {mart} SET action_id = NULL WHERE day = DATE '2018-07-06';

-- trip partner_unknown
UPDATE {mart} SET partner_code = '9999' WHERE weight_year = 3001;
