-- Trips of the release suite policy_events.tighten_loosen_monthly: the acts of the good release that have a day.

-- good
INSERT INTO {mart} BY NAME
SELECT
    CAST(date_trunc('month', least(announced_on, known_on)) AS DATE) AS month, issuer, authority,
    min(issuer_country) AS issuer_country, count(*) AS tighten_count, 0 AS loosen_count, 0 AS neutral_count
FROM core.dim_action
WHERE least(announced_on, known_on) IS NOT NULL
GROUP BY ALL;
INSERT INTO {mart} BY NAME
SELECT
    CAST(DATE '1900-01-01' + to_months(CAST(i AS INTEGER)) AS DATE) AS month, 'An agency' AS issuer,
    'S232' AS authority, 0 AS tighten_count, 0 AS loosen_count, 0 AS neutral_count
FROM range(140) AS r(i);

-- trip too_few_rows
DELETE FROM {mart} WHERE tighten_count = 0;

-- trip too_many_rows
INSERT INTO {mart}
SELECT t.* REPLACE (0 AS tighten_count, DATE '1900-01-01' AS month) FROM {mart} AS t CROSS JOIN range(4001);

-- trip adds_up
UPDATE {mart} SET tighten_count = tighten_count + 1 WHERE month = (SELECT min(month) FROM {mart});

-- trip month_no_first_day
UPDATE {mart} SET month = month + 1 WHERE month = (SELECT min(month) FROM {mart});
