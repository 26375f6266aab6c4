-- Trips of the release suite policy_events.round_window_rates: acts a day near the five rounds of the good release.

-- good
INSERT INTO {mart}
SELECT round_id, issuer_country, direction, 29, 29, 1.0, 290, 29, 0.1, 10.0
FROM (SELECT round_id FROM core.dim_round UNION ALL SELECT 'ALL') AS rounds
CROSS JOIN (VALUES ('ALL'), ('US')) AS countries(issuer_country)
CROSS JOIN (VALUES ('ALL'), ('tighten')) AS directions(direction)
CROSS JOIN range(4);

-- trip too_few_rows
DELETE FROM {mart} WHERE round_id <> 'ALL';

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(2001);

-- trip ratio_unlike_counts
UPDATE {mart} SET rate_ratio = 9 WHERE round_id = 'ALL';

-- trip ratio_unlike_counts: acts a day of another number of days
UPDATE {mart} SET base_day_count = 280 WHERE round_id = 'ALL';

-- trip days_out_of_range
UPDATE {mart} SET window_day_count = 290, window_acts_per_day = 0.1, rate_ratio = 1 WHERE round_id = 'round_1';

-- trip round_unknown
UPDATE {mart} SET round_id = 'round_of_cards' WHERE round_id = 'round_1';
