-- Trips of the release suite core.fct_scenario_duty: three scenarios, two partners, the world, and many of one kind.

-- good
INSERT INTO {mart} BY NAME
SELECT
    scenario_id, 2024 AS weight_year, partner_code, valid_from, valid_to, 0.0395 * value_usd AS law_duty_usd,
    change * value_usd AS duty_difference_usd, CAST(touched * value_usd AS BIGINT)
        AS exposed_import_value_consumption_usd, value_usd AS import_value_consumption_usd
FROM (VALUES ('5700', 430000000000), ('1220', 2770000000000), ('ALL', 3200000000000))
    AS partners(partner_code, value_usd)
CROSS JOIN (VALUES
    ('truce_prolonged', DATE '2026-11-10', DATE '2027-11-10', 0.0, 0.1),
    ('truce_prolonged', DATE '2027-11-10', DATE '9999-12-31', 0.0, 0.0),
    ('court_voids_section_338', DATE '2027-03-01', DATE '9999-12-31', 0.0, 0.1),
    ('surcharge_again', DATE '2027-01-01', DATE '2027-05-31', 0.045, 0.5),
    ('surcharge_again', DATE '2027-05-31', DATE '9999-12-31', 0.0, 0.0)
) AS paths(scenario_id, valid_from, valid_to, change, touched);

-- bulk
SELECT
    'many' AS scenario_id, 2024 AS weight_year, '5700' AS partner_code,
    CAST(DATE '2027-01-01' + CAST(i AS INTEGER) AS DATE) AS valid_from,
    CASE WHEN i = 2999 THEN DATE '9999-12-31' ELSE CAST(DATE '2027-01-02' + CAST(i AS INTEGER) AS DATE) END AS valid_to,
    0.0395 * 430000000000 AS law_duty_usd, 0.0 AS duty_difference_usd, 0 AS exposed_import_value_consumption_usd,
    430000000000 AS import_value_consumption_usd
FROM range(3000) AS r(i)

-- trip too_few_rows
CREATE VIEW {mart} AS FROM {good} WHERE scenario_id <> 'many';

-- trip too_many_rows
CREATE VIEW {mart} AS
SELECT t.* REPLACE (CASE WHEN i > 0 THEN scenario_id || '-' || i ELSE scenario_id END AS scenario_id)
FROM {good} AS t CROSS JOIN range(150) AS r(i) WHERE i = 0 OR scenario_id = 'many';

-- trip gaps_or_overlaps
DELETE FROM {mart} WHERE scenario_id = 'surcharge_again' AND partner_code = '5700' AND valid_from = DATE '2027-05-31';

-- trip exposed_beyond_trade
UPDATE {mart} SET exposed_import_value_consumption_usd = 3 * import_value_consumption_usd
WHERE scenario_id = 'surcharge_again' AND partner_code = '5700' AND valid_from = DATE '2027-01-01';

-- trip differs_without_trade
UPDATE {mart} SET exposed_import_value_consumption_usd = 0
WHERE scenario_id = 'surcharge_again' AND partner_code = '5700';

-- trip duty_below_nothing
UPDATE {mart} SET duty_difference_usd = -0.2 * import_value_consumption_usd
WHERE scenario_id = 'surcharge_again' AND valid_from = DATE '2027-01-01';

-- trip parts_unlike_total: a partner is lost
UPDATE {mart} SET duty_difference_usd = 0
WHERE scenario_id = 'surcharge_again' AND partner_code = '1220' AND valid_from = DATE '2027-01-01';

-- trip law_unlike_the_panel
UPDATE {mart} SET law_duty_usd = law_duty_usd + 5000 WHERE scenario_id = 'surcharge_again' AND partner_code = '1220';

-- trip touches_nothing
UPDATE {mart} SET duty_difference_usd = 0, exposed_import_value_consumption_usd = 0
WHERE scenario_id = 'surcharge_again';

-- trip removed_unlike_its_part: what is removed still displaces
UPDATE {mart} SET duty_difference_usd = 0.001 * import_value_consumption_usd
WHERE scenario_id = 'court_voids_section_338';

-- trip truce_unlike_its_eve: the exclusions are not claimed
UPDATE {mart} SET duty_difference_usd = 0.001 * import_value_consumption_usd
WHERE scenario_id = 'truce_prolonged' AND valid_from = DATE '2026-11-10';
