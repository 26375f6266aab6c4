-- Trips of the release suite policy_events.affiliate_multiplier: the Entity List of core.fct_list_entry's trips.

-- good
INSERT INTO {mart} BY NAME
SELECT
    'BIS_AFFILIATES' AS rule_code,
    'US_BIS_EL' AS list_code,
    DATE '2025-12-31' AS day,
    0.5 AS threshold_share,
    true AS is_of_law,
    3200 AS listed_count,
    2 AS linked_count,
    3 AS reached_count,
    3 / 3200.0 AS multiplier;

-- trip multiplier_unlike_counts
UPDATE {mart} SET multiplier = 2;

-- trip more_linked_than_listed
UPDATE {mart} SET linked_count = 3201;

-- trip reached_from_nowhere
UPDATE {mart} SET linked_count = 0;

-- trip listed_unlike_list
UPDATE {mart} SET listed_count = 3199, multiplier = 3 / 3199.0;
