-- Trips of the release suite trade_impact.estimates: an event study, two elasticities, one that is not computable.

-- good
INSERT INTO {mart} BY NAME
SELECT
    'event_study_naics3_2018' AS spec_id, 'event_study' AS method, 'event' AS term, i AS horizon_months,
    i / 100.0 + 0.01 AS estimate, CASE WHEN i <> -1 THEN 0.05 END AS std_error, -1 AS conf_low, 1 AS conf_high,
    0.5 AS p_value, 1000 AS n_obs, 30 AS n_clusters, DATE '2017-01-01' AS sample_from, DATE '2019-12-01' AS sample_to,
    repeat('a', 64) AS sample_sha256, true AS is_computed
FROM range(-20, 20) AS r(i);
INSERT INTO {mart} BY NAME
SELECT
    spec_id, 'instrument' AS method, term, 12 AS horizon_months, estimate, 0.3 AS std_error, -5 AS conf_low,
    0 AS conf_high, 0.001 AS p_value, 261962 AS n_obs, 221 AS n_clusters, DATE '2025-01-01' AS sample_from,
    DATE '2025-01-01' AS sample_to, repeat('b', 64) AS sample_sha256, true AS is_computed, published_value,
    published_source
FROM (
    VALUES
    ('import_value_hts10_year', 'statutory', -1.57, NULL, NULL),
    ('import_demand_hts10_year', 'calculated', -2.5, -2.53, 'A paper')
) AS found(spec_id, term, estimate, published_value, published_source);
INSERT INTO {mart} BY NAME
SELECT
    'pass_through_hts10_month' AS spec_id, 'change' AS method, 'statutory' AS term, 12 AS horizon_months,
    false AS is_computed, 'No quantities are held.' AS note;

-- trip too_few_rows
DELETE FROM {mart} WHERE horizon_months < -1 OR horizon_months BETWEEN 5 AND 11;

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* REPLACE (t.spec_id || '_' || i AS spec_id)
FROM {mart} AS t CROSS JOIN range(80) AS r(i) WHERE t.term = 'calculated';

-- trip absence_unexplained
UPDATE {mart} SET note = NULL WHERE spec_id = 'pass_through_hts10_month';

-- trip error_impossible: a variance where the root should be
UPDATE {mart} SET std_error = -0.05 WHERE horizon_months = 3;

-- trip error_impossible: an interval of another row
UPDATE {mart} SET conf_high = -2 WHERE horizon_months = 3;

-- trip sample_impossible: one cluster
UPDATE {mart} SET n_clusters = 1 WHERE horizon_months = 3;

-- trip sample_impossible: no fingerprint
UPDATE {mart} SET sample_sha256 = '' WHERE horizon_months = 3;

-- trip published_without_source
UPDATE {mart} SET published_source = NULL WHERE term = 'calculated';

-- trip event_without_reference
DELETE FROM {mart} WHERE horizon_months = -1;

-- trip value_response_2025: percentage points taken for a fraction
UPDATE {mart} SET estimate = -0.0157 WHERE spec_id = 'import_value_hts10_year';

-- trip demand_2025: without the instrument
UPDATE {mart} SET estimate = 0.29, conf_high = 1 WHERE spec_id = 'import_demand_hts10_year';
