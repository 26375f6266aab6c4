-- Trips of the release suite trade_impact.effective_tariff_steps: the path of all partners, and many of one kind.

-- good
INSERT INTO {mart}
SELECT
    2024, 'ALL', 'ALL', 'ALL', of_day.authority, of_day.day,
    CAST(lead(of_day.day, 1, DATE '9999-12-31') OVER (PARTITION BY of_day.authority ORDER BY of_day.day) AS DATE),
    of_day.rate, 3200000000000
FROM (
    SELECT days.day, rates.authority, max_by(rates.rate, rates.since) AS rate
    FROM (
        VALUES (DATE '2018-01-01'), (DATE '2018-07-06'), (DATE '2018-09-24'), (DATE '2025-02-04'), (DATE '2025-03-04'),
            (DATE '2025-04-05'), (DATE '2025-04-09'), (DATE '2025-04-10'), (DATE '2025-05-14'), (DATE '2025-06-04'),
            (DATE '2025-11-10'), (DATE '2026-02-24'), (DATE '2026-07-24')
    ) AS days(day)
    INNER JOIN (VALUES
        ('BASE', DATE '2018-01-01', 0.013), ('S301', DATE '2018-01-01', 0), ('S301', DATE '2018-07-06', 0.008),
        ('S301', DATE '2018-09-24', 0.0125), ('S232', DATE '2018-01-01', 0), ('S232', DATE '2025-06-04', 0.02),
        ('IEEPA', DATE '2018-01-01', 0), ('IEEPA', DATE '2025-02-04', 0.013), ('IEEPA', DATE '2025-03-04', 0.03),
        ('IEEPA', DATE '2025-04-05', 0.07), ('IEEPA', DATE '2025-04-09', 0.18), ('IEEPA', DATE '2025-04-10', 0.17),
        ('IEEPA', DATE '2025-05-14', 0.065), ('IEEPA', DATE '2026-02-24', 0), ('S122', DATE '2018-01-01', 0),
        ('S122', DATE '2026-02-24', 0.034), ('S122', DATE '2026-07-24', 0)
    ) AS rates(authority, since, rate) ON rates.since <= days.day
    GROUP BY days.day, rates.authority
) AS of_day;
INSERT INTO {mart}
SELECT
    weight_year, partner_code, product_level, product_code, 'ALL', valid_from, valid_to, sum(effective_rate),
    import_value_consumption_usd
FROM {mart}
GROUP BY ALL;
INSERT INTO {mart} VALUES
    (2024, '5700', 'ALL', 'ALL', 'ALL', DATE '2018-01-01', DATE '9999-12-31', 0.1, 1000),
    (2024, '5700', 'ALL', 'ALL', 'BASE', DATE '2018-01-01', DATE '9999-12-31', 0.1, 1000);

-- bulk
SELECT
    2024 AS weight_year, '5700' AS partner_code, 'HS2' AS product_level, CAST(i AS VARCHAR) AS product_code, authority,
    DATE '2018-01-01' AS valid_from, DATE '9999-12-31' AS valid_to, 0.01 AS effective_rate,
    1000 AS import_value_consumption_usd
FROM range(72000) AS r(i)
CROSS JOIN (VALUES ('ALL'), ('BASE')) AS parts(authority)

-- trip too_few_rows
CREATE VIEW {mart} AS FROM {good} WHERE product_level <> 'HS2';

-- trip too_many_rows
CREATE VIEW {mart} AS
SELECT t.* REPLACE (CASE WHEN i > 0 THEN product_code || '-' || i ELSE product_code END AS product_code)
FROM {good} AS t CROSS JOIN range(4) AS r(i) WHERE i = 0 OR product_level = 'HS2';

-- trip rate_at_the_start_of_2025: preferences are lost
UPDATE {mart} SET effective_rate = effective_rate + 0.005
WHERE partner_code = 'ALL' AND authority IN ('ALL', 'BASE') AND valid_from < DATE '2025-02-04';

-- trip steps_of_spring_2025: the pause is lost
UPDATE {mart} SET effective_rate = effective_rate + 0.03
WHERE authority IN ('ALL', 'IEEPA') AND valid_from = DATE '2025-04-10';

-- trip ieepa_until_its_end: ended with the ruling
UPDATE {mart} SET effective_rate = effective_rate - 0.065
WHERE authority IN ('ALL', 'IEEPA') AND valid_from = DATE '2025-11-10';

-- trip ieepa_after_its_end
UPDATE {mart} SET effective_rate = effective_rate + 0.001
WHERE authority IN ('ALL', 'IEEPA') AND valid_from = DATE '2026-07-24';

-- trip s122_while_in_force
UPDATE {mart} SET effective_rate = effective_rate - 0.034
WHERE authority IN ('ALL', 'S122') AND valid_from = DATE '2026-02-24';

-- trip s122_after_its_end
UPDATE {mart} SET effective_rate = effective_rate + 0.034
WHERE authority IN ('ALL', 'S122') AND valid_from = DATE '2026-07-24';

-- trip s301_since_2018: before the first list
UPDATE {mart} SET effective_rate = effective_rate + 0.001
WHERE authority IN ('ALL', 'S301') AND valid_from = DATE '2018-01-01' AND partner_code = 'ALL';

-- trip s301_since_2018: a break
UPDATE {mart} SET effective_rate = effective_rate - 0.0125
WHERE authority IN ('ALL', 'S301') AND valid_from = DATE '2025-11-10';

-- trip s301_since_2018: none at all that day
DELETE FROM {mart} WHERE partner_code = 'ALL' AND valid_from < DATE '2018-09-24';

-- trip parts_unlike_total
UPDATE {mart} SET effective_rate = 0.1001 WHERE partner_code = '5700' AND authority = 'ALL';

-- trip parts_unlike_total: no total
DELETE FROM {mart} WHERE partner_code = '5700' AND authority = 'ALL';

-- trip gaps_or_overlaps
UPDATE {mart} SET valid_to = DATE '2028-01-01' WHERE partner_code = '5700';

-- trip rate_out_of_bounds
UPDATE {mart} SET effective_rate = 10 WHERE partner_code = '5700';

-- trip months_of_2025: a measure counted twice
UPDATE {mart} SET effective_rate = effective_rate + 0.08
WHERE authority IN ('ALL', 'S232') AND valid_from = DATE '2025-06-04';

-- trip partner_unknown
UPDATE {mart} SET partner_code = '9999' WHERE partner_code = '5700';
