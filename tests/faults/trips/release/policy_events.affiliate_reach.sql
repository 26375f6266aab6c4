-- Trips of the release suite policy_events.affiliate_reach: the rows of core.fct_ownership_reach's trips.

-- good
INSERT INTO {mart} BY NAME
SELECT
    'BIS_AFFILIATES' AS rule_code,
    'US_BIS_EL' AS list_code,
    'entry_key' AS link_method,
    1.0 AS link_score,
    0.5 AS ownership_share,
    'stated' AS share_basis,
    2 AS owner_count,
    0.3 AS last_share,
    path_length = 1 AS is_direct,
    false AS is_aggregate,
    DATE '2020-01-01' AS valid_from,
    DATE '9999-12-31' AS valid_to,
    *
FROM (VALUES
    ('el/0', 'a', 1, 'owner-1 > 60 % > a'),
    ('el/0', 'c', 2, 'owner-1 > 60 % > a > at least 50 % > c'),
    ('el/0', 'b', 1, 'owner-1 > 30 % > b'),
    ('el/3', 'b', 1, 'owner-2 > 20 % > b')
) AS r(listed_entry_key, reached_entity_id, path_length, path);

-- trip reach_lost
DELETE FROM {mart} WHERE reached_entity_id = 'a';

-- trip link_unknown
UPDATE {mart} SET link_method = NULL WHERE reached_entity_id = 'a';

-- trip direct_unlike_path
UPDATE {mart} SET is_direct = true WHERE reached_entity_id = 'c';

-- trip reached_is_listed
UPDATE {mart} SET reached_entity_id = 'owner-2' WHERE reached_entity_id = 'a';
