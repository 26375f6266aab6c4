-- Trips of the release suite policy_events.predictability_monthly: the acts of the good release that have a day, by
-- authority and all, and 7,200 rows without an act.

-- good
INSERT INTO {mart} BY NAME
SELECT
    month, 'ALL' AS issuer,
    CASE WHEN grouping(authority) = 1 THEN 'ALL' ELSE authority END AS authority, 'ALL' AS instrument,
    'ALL' AS target_partner_code, 'Trump second' AS administration, count(*) AS action_count,
    count(*) AS tighten_count, 0 AS loosen_count, count(*) AS provision_count,
    1.0 AS share_without_consultation, 0.5 AS share_reversed_90d, 2 AS followed_count, 1.0 AS follow_through,
    1.0 AS churn
FROM (
    SELECT authority, CAST(date_trunc('month', least(announced_on, known_on)) AS DATE) AS month FROM core.dim_action
    WHERE least(announced_on, known_on) IS NOT NULL
)
GROUP BY GROUPING SETS ((month, authority), (month));
INSERT INTO {mart} BY NAME
SELECT
    DATE '1900-01-01' AS month, 'ALL' AS issuer, authority, 'ALL' AS instrument, '9' || i AS target_partner_code,
    0 AS action_count, 0 AS tighten_count, 0 AS loosen_count, 0 AS provision_count, 0 AS followed_count
FROM range(3600) AS r(i)
CROSS JOIN (VALUES ('ALL'), ('IEEPA')) AS authorities(authority);
INSERT INTO {mart} BY NAME
SELECT
    DATE '2025-04-01' AS month, 'US' AS issuer, authority, 'ALL' AS instrument, 'ALL' AS target_partner_code,
    10 AS action_count, 8 AS tighten_count, 2 AS loosen_count, 12 AS provision_count,
    3.0 AS median_notice_from_statement_days, 0.6 AS share_reversed_90d, 12 AS followed_count, surprise_30d_pp
FROM (VALUES ('ALL', 14.2), ('IEEPA', NULL)) AS authorities(authority, surprise_30d_pp);

-- trip too_few_rows
DELETE FROM {mart} WHERE target_partner_code LIKE '91%';

-- trip april_of_2025
UPDATE {mart} SET surprise_30d_pp = NULL WHERE issuer = 'US';

-- trip too_many_rows
INSERT INTO {mart}
SELECT t.* REPLACE (target_partner_code || i AS target_partner_code) FROM {mart} AS t CROSS JOIN range(9) AS r(i)
WHERE month = DATE '1900-01-01';

-- trip adds_up
DELETE FROM {mart} WHERE month = (SELECT max(month) FROM {mart});

-- trip authorities_unlike_all
UPDATE {mart} SET action_count = 1 WHERE authority = 'IEEPA' AND target_partner_code = '91';

-- trip shares_out_of_range
UPDATE {mart} SET share_reversed_90d = 1.2 WHERE month = (SELECT max(month) FROM {mart});

-- trip shares_out_of_range: more tighten than there are acts
UPDATE {mart} SET tighten_count = 1 WHERE authority = 'ALL' AND target_partner_code = '91';

-- trip shares_out_of_range: followed and not told
UPDATE {mart} SET share_reversed_90d = NULL WHERE month = (SELECT max(month) FROM {mart});

-- trip month_no_first_day
UPDATE {mart} SET month = month + 1 WHERE target_partner_code = '91';

-- trip surprise_out_of_place
UPDATE {mart} SET surprise_90d_pp = 1.0 WHERE authority = 'IEEPA' AND target_partner_code = '91';
