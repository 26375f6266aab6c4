-- Trips of the release suite trade_impact.tariff_gap: ladders of 2025, and many of one kind.

-- good
INSERT INTO {mart} BY NAME
SELECT
    period_start, 1 AS period_months, partner_code, step, step_order, is_level, step_rate, from_rate,
    from_rate + step_rate AS to_rate, 2024 AS weight_year, 'HTS10' AS weights_grain,
    1000 AS import_value_consumption_usd
FROM (
    SELECT *, unnest([
        {'step': 'statutory', 'step_order': 1, 'is_level': true, 'step_rate': unclaimed, 'from_rate': 0},
        {
            'step': 'other_claims', 'step_order': 3, 'is_level': false, 'step_rate': expected - unclaimed,
            'from_rate': unclaimed
        },
        {'step': 'expected', 'step_order': 4, 'is_level': true, 'step_rate': expected, 'from_rate': 0},
        {'step': 'diversion', 'step_order': 6, 'is_level': false, 'step_rate': -0.001, 'from_rate': expected},
        {
            'step': 'residual', 'step_order': 7, 'is_level': false, 'step_rate': calculated - expected + 0.001,
            'from_rate': expected - 0.001
        },
        {'step': 'calculated', 'step_order': 8, 'is_level': true, 'step_rate': calculated, 'from_rate': 0}
    ], recursive := true)
    FROM (VALUES
        ('ALL', DATE '2025-01-01', 0.036::DOUBLE, 0.026::DOUBLE, 0.02207::DOUBLE),
        ('ALL', DATE '2025-04-01', 0.25, 0.163833333333, 0.07071),
        ('ALL', DATE '2025-05-01', 0.22, 0.16, 0.08845),
        ('ALL', DATE '2025-10-01', 0.21, 0.15, 0.10909),
        ('5700', DATE '2025-01-01', 0.128, 0.122, 0.11037),
        ('5700', DATE '2025-05-01', 0.714, 0.708, 0.48245),
        ('5700', DATE '2025-11-01', 0.353, 0.347, 0.32348)
    ) AS periods(partner_code, period_start, unclaimed, expected, calculated)
) AS ladders;
INSERT INTO {mart} BY NAME
SELECT
    day AS period_start, 1 AS period_months, '1220' AS partner_code, step, step_order, is_level, step_rate, from_rate,
    0.1 AS to_rate, year(day) AS weight_year, 1000 AS import_value_consumption_usd
FROM (VALUES
    ('statutory', 1, true, 0.1, 0), ('expected', 4, true, 0.1, 0), ('residual', 7, false, 0, 0.1),
    ('calculated', 8, true, 0.1, 0)
) AS steps(step, step_order, is_level, step_rate, from_rate)
CROSS JOIN (SELECT CAST(DATE '1990-01-01' + CAST(i AS INTEGER) AS DATE) AS day FROM range(3200) AS r(i)) AS days;

INSERT INTO {mart} BY NAME
SELECT
    DATE '2019-01-01' AS period_start, 12 AS period_months, 'ALL' AS partner_code, step, step_order, is_level,
    step_rate, from_rate, from_rate + step_rate AS to_rate, 2024 AS weight_year,
    CASE step WHEN 'residual' THEN 'timing diversion' END AS also_contains,
    2500000000000 AS import_value_consumption_usd,
    CASE WHEN step_order > 8 THEN 'bea_customs_duties' END AS receipt_source
FROM (VALUES
    ('statutory', 1, true, 0.03::DOUBLE, 0::DOUBLE), ('expected', 4, true, 0.03, 0),
    ('residual', 7, false, -0.004, 0.03),
    ('calculated', 8, true, 0.026, 0), ('receipts', 9, false, 0.00512, 0.026), ('collected', 11, true, 0.03112, 0)
) AS steps(step, step_order, is_level, step_rate, from_rate);

-- trip too_few_rows
DELETE FROM {mart} WHERE partner_code = '1220' AND period_start > DATE '1994-01-01';

-- trip too_many_rows
INSERT INTO {mart} BY NAME
SELECT t.* REPLACE (100 + i AS period_months)
FROM {mart} AS t CROSS JOIN range(4) AS r(i) WHERE t.partner_code = '1220';

-- trip steps_miss_level: the residual leaves something over
UPDATE {mart} SET step_rate = step_rate + 0.0001, to_rate = to_rate + 0.0001
WHERE step = 'residual' AND partner_code = '5700' AND period_start = DATE '2025-05-01';

-- trip chain_broken
UPDATE {mart} SET from_rate = from_rate + 0.0001, step_rate = step_rate - 0.0001
WHERE step = 'residual' AND partner_code = '5700' AND period_start = DATE '2025-05-01';

-- trip chain_broken: a level that floats
UPDATE {mart} SET from_rate = 0.01, step_rate = step_rate - 0.01
WHERE step = 'statutory' AND partner_code = '5700' AND period_start = DATE '2025-05-01';

-- trip level_missing
DELETE FROM {mart} WHERE step = 'residual' AND partner_code = '1220' AND period_start = DATE '1990-01-05';

-- trip calculated_unlike_published
UPDATE {mart} SET
    step_rate = step_rate + 0.0003, to_rate = to_rate + 0.0003
WHERE step IN ('residual', 'calculated') AND partner_code = 'ALL' AND period_start = DATE '2025-01-01';

-- trip expected_unlike_monthly: the month is given the rate of its last day
UPDATE {mart} SET
    step_rate = step_rate
        + CASE WHEN step IN ('expected', 'other_claims') THEN 0.01 WHEN step = 'residual' THEN -0.01 ELSE 0 END,
    from_rate = from_rate + CASE WHEN step IN ('diversion', 'residual') THEN 0.01 ELSE 0 END,
    to_rate = to_rate + CASE WHEN step IN ('expected', 'other_claims', 'diversion') THEN 0.01 ELSE 0 END
WHERE partner_code = 'ALL' AND period_start = DATE '2025-04-01';

-- trip silent_gap
UPDATE {mart} SET weight_year = 2024 WHERE partner_code = '1220' AND period_start = DATE '1990-01-05';

-- trip collected_unlike_receipts: another year's
UPDATE {mart} SET step_rate = step_rate - 0.001, to_rate = to_rate - 0.001
WHERE step IN ('receipts', 'collected') AND period_months = 12;

-- trip collected_unlike_receipts: they are lost
DELETE FROM {mart} WHERE step IN ('receipts', 'collected');

-- trip path_of_2025: a month is not held
DELETE FROM {mart} WHERE partner_code = '5700' AND period_start = DATE '2025-11-01';

-- trip path_of_2025 with calculated_unlike_published: a sector counted twice
UPDATE {mart} SET step_rate = step_rate + 0.01, to_rate = to_rate + 0.01
WHERE step IN ('residual', 'calculated') AND partner_code = '5700' AND period_start = DATE '2025-05-01';

-- trip residual_large: a measure counted twice
UPDATE {mart} SET
    step_rate = step_rate
        + CASE WHEN step IN ('expected', 'other_claims') THEN 0.05 WHEN step = 'residual' THEN -0.05 ELSE 0 END,
    from_rate = from_rate + CASE WHEN step IN ('diversion', 'residual') THEN 0.05 ELSE 0 END,
    to_rate = to_rate + CASE WHEN step IN ('expected', 'other_claims', 'diversion') THEN 0.05 ELSE 0 END
WHERE partner_code = 'ALL' AND period_start = DATE '2025-10-01';

-- trip partner_unknown
UPDATE {mart} SET partner_code = '9999' WHERE partner_code = '1220' AND period_start = DATE '1990-01-05';
