-- Trips of the release suite core.fct_measure: 800 additions, an exemption, a floor, and the measures whose rates are
-- known.

-- good
INSERT INTO {mart} BY NAME
SELECT
    'm_' || i AS measure_id,
    'm_' || i || '.1' AS statement_id,
    'S232' AS authority,
    's232_steel' AS programme,
    's232' AS rate_component,
    'add' AS operation,
    0.25 AS measure_rate,
    1.0 AS reach_share,
    'US-FR-1' AS action_id,
    'clause 1' AS citation,
    DATE '2025-03-12' AS valid_from,
    DATE '9999-12-31' AS valid_to,
    DATE '2025-02-10' AS known_from,
    DATE '9999-12-31' AS known_to
FROM range(800) AS r(i);
INSERT INTO {mart} BY NAME
SELECT
    *, measure_id || '.' || valid_from AS statement_id, 'clause 2' AS citation, 'US-FR-1' AS action_id,
    1.0 AS reach_share, valid_from - 1 AS known_from, DATE '9999-12-31' AS known_to
FROM (VALUES
    ('s301_china_list_1', 'S301', 's301_china', 's301', 'add', 0.25, NULL, DATE '2018-07-06', DATE '9999-12-31'),
    ('s301_china_list_3', 'S301', 's301_china', 's301', 'add', 0.1, NULL, DATE '2018-09-24', DATE '2019-05-10'),
    ('s301_china_list_3', 'S301', 's301_china', 's301', 'add', 0.25, NULL, DATE '2019-05-10', DATE '9999-12-31'),
    ('s301_china_list_4a', 'S301', 's301_china', 's301', 'add', 0.15, NULL, DATE '2019-09-01', DATE '2020-02-14'),
    ('s301_china_list_4a', 'S301', 's301_china', 's301', 'add', 0.075, NULL, DATE '2020-02-14', DATE '9999-12-31'),
    ('s232_steel_articles', 'S232', 's232_steel', 's232', 'add', 0.25, NULL, DATE '2018-03-23', DATE '2025-06-04'),
    ('s232_steel_articles', 'S232', 's232_steel', 's232', 'add', 0.5, NULL, DATE '2025-06-04', DATE '2026-04-06'),
    ('s232_aluminum_articles', 'S232', 's232_aluminum', 's232', 'add', 0.1, NULL, DATE '2018-03-23', DATE '2025-03-12'),
    ('s232_aluminum_articles', 'S232', 's232_aluminum', 's232', 'add', 0.25, NULL,
        DATE '2025-03-12', DATE '2025-06-04'),
    ('s232_aluminum_articles', 'S232', 's232_aluminum', 's232', 'add', 0.5, NULL, DATE '2025-06-04', DATE '2026-04-06'),
    ('s232_autos', 'S232', 's232_autos', 's232', 'add', 0.25, NULL, DATE '2025-04-03', DATE '9999-12-31'),
    ('s232_autos_jp', 'S232', 's232_autos', 's232', 'floor', 0.15, 'charged', DATE '2025-09-16', DATE '9999-12-31'),
    ('ieepa_fentanyl_ca', 'IEEPA', 'ieepa_fentanyl_ca', 'ieepa_fentanyl', 'add', 0.25, NULL,
        DATE '2025-03-04', DATE '2026-02-24'),
    ('ieepa_reciprocal_baseline', 'IEEPA', 'ieepa_reciprocal', 'ieepa_reciprocal', 'add', 0.1, NULL,
        DATE '2025-04-05', DATE '2026-02-24'),
    ('ieepa_reciprocal_cn', 'IEEPA', 'ieepa_reciprocal', 'ieepa_reciprocal', 'add', 1.25, NULL,
        DATE '2025-04-10', DATE '2025-05-14'),
    ('s122_surcharge', 'S122', 's122', 's122', 'add', 0.1, NULL, DATE '2026-02-24', DATE '2026-07-24'),
    ('s122_products', 'S122', 's122', 's122', 'exempt', NULL, NULL, DATE '2026-02-24', DATE '2026-07-24')
) AS known(
    measure_id, authority, programme, rate_component, operation, measure_rate, rate_column, valid_from, valid_to
);
INSERT INTO {mart} BY NAME
SELECT
    * REPLACE (
        DATE '2026-02-24' AS valid_from, DATE '9999-12-31' AS valid_to, DATE '2025-04-02' AS known_from,
        DATE '2026-02-20' AS known_to
    )
FROM {mart}
WHERE measure_id = 'ieepa_reciprocal_baseline';

-- trip too_few_rows
DELETE FROM {mart} WHERE starts_with(measure_id, 'm_1') OR starts_with(measure_id, 'm_2');

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(20) WHERE starts_with(measure_id, 'm_');

-- trip act_unknown
UPDATE {mart} SET action_id = 'US-FR-NONE' WHERE measure_id = 'm_1';

-- trip act_unknown: no place in it
UPDATE {mart} SET citation = NULL WHERE measure_id = 'm_1';

-- trip terms_missing: an addition without a rate
UPDATE {mart} SET measure_rate = NULL WHERE measure_id = 'm_1';

-- trip terms_missing: an exemption with one
UPDATE {mart} SET measure_rate = 0 WHERE measure_id = 's122_products';

-- trip terms_missing: the end of a measure stands as a statement
UPDATE {mart} SET operation = 'end', measure_rate = NULL WHERE measure_id = 'm_1';

-- trip rate_out_of_range: a percentage as printed
UPDATE {mart} SET measure_rate = 25 WHERE measure_id = 'm_1';

-- trip rate_out_of_range: the assumption has no value
UPDATE {mart} SET reach_share = NULL WHERE measure_id = 'm_1';

-- trip floor_without_column
UPDATE {mart} SET rate_column = NULL WHERE measure_id = 's232_autos_jp';

-- trip floor_without_column: an addition has one
UPDATE {mart} SET rate_column = 'general' WHERE measure_id = 'm_1';

-- trip known_rates: the doubling of 2025 is dated a day late
UPDATE {mart} SET valid_to = DATE '2025-06-05' WHERE measure_id = 's232_steel_articles' AND measure_rate = 0.25;
UPDATE {mart} SET valid_from = DATE '2025-06-05' WHERE measure_id = 's232_steel_articles' AND measure_rate = 0.5;

-- trip known_rates: a measure is gone
DELETE FROM {mart} WHERE measure_id = 's301_china_list_4a';

-- trip section_122: the rate announced and never law
UPDATE {mart} SET operation = 'add', measure_rate = 0.15 WHERE measure_id = 's122_products';

-- trip section_122: it never ends
UPDATE {mart} SET valid_to = DATE '9999-12-31' WHERE measure_id = 's122_products';

-- trip ieepa_end
UPDATE {mart} SET valid_to = DATE '9999-12-31' WHERE measure_id = 'ieepa_fentanyl_ca';
