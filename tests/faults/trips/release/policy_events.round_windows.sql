-- Trips of the release suite policy_events.round_windows: the acts of the good release near its rounds.

-- good
INSERT INTO {mart} BY NAME
SELECT
    r.round_id, a.action_id,
    CASE
        WHEN least(a.announced_on, a.known_on) < r.starts_on THEN least(a.announced_on, a.known_on) - r.starts_on
        WHEN least(a.announced_on, a.known_on) > r.ends_on THEN least(a.announced_on, a.known_on) - r.ends_on
        ELSE 0
    END AS days_from_round,
    a.direction, a.instrument, least(a.announced_on, a.known_on) AS stated_on
FROM core.dim_round AS r
INNER JOIN core.dim_action AS a
    ON least(a.announced_on, a.known_on) BETWEEN r.starts_on - 14 AND r.ends_on + 14
CROSS JOIN range(10);

-- trip too_few_rows
DELETE FROM {mart} WHERE round_id <> 'round_1';

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(4001);

-- trip outside_window with days_unlike_dates
UPDATE {mart} SET days_from_round = 15 WHERE round_id = 'round_1';

-- trip days_unlike_dates
UPDATE {mart} SET days_from_round = days_from_round + 1 WHERE round_id = 'round_1';

-- trip days_unlike_dates: an act nobody knows
UPDATE {mart} SET action_id = 'US-NOBODY' WHERE round_id = 'round_1';
