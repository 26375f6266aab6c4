-- Trips of the release suite trade_impact.scenario_path: one scenario of China, the surcharge, and many of one kind.

-- good
INSERT INTO core.dim_scenario BY NAME
SELECT
    scenario_id, 'A scenario' AS title, 'What if?' AS question, 'cliff' AS kind, 'Statecraft' AS author,
    'An act' AS source, true AS is_in_fan, 1 AS step_count, DATE '2027-01-01' AS valid_from,
    DATE '2028-01-01' AS valid_to
FROM (VALUES ('one'), ('many'), ('surcharge_again')) AS scenarios(scenario_id);
INSERT INTO {mart} BY NAME
SELECT
    'one' AS scenario_id, 2024 AS weight_year, '5700' AS partner_code, DATE '2027-01-01' AS valid_from,
    DATE '9999-12-31' AS valid_to, 0.12 AS effective_rate, 0.1 AS law_effective_rate, 2.0 AS difference_pp,
    500 AS exposed_import_value_consumption_usd, 1000 AS import_value_consumption_usd, true AS is_in_fan;
INSERT INTO {mart} BY NAME
SELECT
    'surcharge_again' AS scenario_id, 2024 AS weight_year, 'ALL' AS partner_code, DATE '2027-01-01' AS valid_from,
    DATE '2027-05-31' AS valid_to, effective_rate + 0.03 AS effective_rate, effective_rate AS law_effective_rate,
    3.0 AS difference_pp, 500 AS exposed_import_value_consumption_usd, 1000 AS import_value_consumption_usd,
    true AS is_in_fan
FROM trade_impact.effective_tariff_steps
WHERE
    weight_year = 2024 AND partner_code = 'ALL' AND product_level = 'ALL' AND authority = 'ALL'
    AND DATE '2027-01-01' >= valid_from AND DATE '2027-01-01' < valid_to;

-- bulk
SELECT
    'many' AS scenario_id, 2024 AS weight_year, '5700' AS partner_code,
    CAST(DATE '2027-01-01' + CAST(i AS INTEGER) AS DATE) AS valid_from, DATE '9999-12-31' AS valid_to,
    0.1 AS effective_rate, 0.1 AS law_effective_rate, 0.0 AS difference_pp,
    0 AS exposed_import_value_consumption_usd, 1000 AS import_value_consumption_usd, true AS is_in_fan
FROM range(3000) AS r(i)

-- trip too_few_rows
CREATE VIEW {mart} AS FROM {good} WHERE scenario_id <> 'many';

-- trip too_many_rows
CREATE VIEW {mart} AS SELECT t.* FROM {good} AS t CROSS JOIN range(150);

-- trip rate_out_of_bounds: a rate meant in percent
UPDATE {mart} SET effective_rate = 12.1, difference_pp = 1200 WHERE scenario_id = 'one';

-- trip difference_unlike_rates
UPDATE {mart} SET difference_pp = 0.02 WHERE scenario_id = 'one';

-- trip law_unlike_the_path
UPDATE {mart} SET effective_rate = effective_rate + 0.01, law_effective_rate = law_effective_rate + 0.01
WHERE scenario_id = 'one';

-- trip surcharge_does_not_yield: it is charged on top of the duties on steel and cars
UPDATE {mart} SET effective_rate = law_effective_rate + 0.045, difference_pp = 4.5
WHERE scenario_id = 'surcharge_again';

-- trip scenario_unknown
UPDATE {mart} SET scenario_id = 'another' WHERE scenario_id = 'one';
