-- Trips of the release suite policy_events.churn: windows of the steps in the trips of policy_events.rate_changes.

-- good
INSERT INTO {mart} VALUES
    (2024, 'ALL', 'IEEPA', DATE '2025-01-01', DATE '2026-01-01', 29.5, 6.5, 29.5 / 6.5, 1 - 6.5 / 29.5, 6),
    (2024, 'ALL', 'ALL', DATE '2025-01-01', DATE '2026-01-01', 31.5, 8.5, 31.5 / 8.5, 1 - 8.5 / 31.5, 7),
    (2024, 'ALL', 'S122', DATE '2026-01-01', DATE '2027-01-01', 6.8, 0, NULL, 1, 2);
INSERT INTO {mart}
SELECT 3000 + CAST(i AS INTEGER), '2010', authority, DATE '2020-01-01', DATE '2021-01-01', 1, 1, 1, 0, 1
FROM range(2100) AS r(i)
CROSS JOIN (VALUES ('ALL'), ('S232')) AS parts(authority);

-- trip too_few_rows
DELETE FROM {mart} WHERE weight_year > 4000;

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(4);

-- trip churn_of_2025
DELETE FROM {mart} WHERE authority = 'IEEPA';

-- trip path_shorter_than_net
UPDATE {mart} SET net_pp = -1.00001, round_trip_share = 1 - 1.00001, churn = 1 / 1.00001 WHERE weight_year = 3001;

-- trip churn_unlike_path_and_net
UPDATE {mart} SET churn = 2 WHERE weight_year = 3001;

-- trip churn_unlike_path_and_net: nothing is left of the path
UPDATE {mart} SET round_trip_share = 0 WHERE authority = 'S122';

-- trip churn_unlike_path_and_net: no churn
UPDATE {mart} SET churn = NULL WHERE weight_year = 3001;

-- trip window_no_calendar_year
UPDATE {mart} SET window_to = DATE '2022-01-01' WHERE weight_year = 3001;

-- trip path_unlike_steps
UPDATE {mart} SET step_count = 2 WHERE weight_year = 3001;

-- trip partner_unknown with path_unlike_steps
UPDATE {mart} SET partner_code = '9999' WHERE weight_year = 3001;
