-- Trips of the release suite core.fct_ownership_reach: an entity owned alone, one below it, one by two together.

-- good
INSERT INTO {mart} BY NAME
SELECT
    'BIS_AFFILIATES' AS rule_code,
    'US_BIS_EL' AS list_code,
    *,
    DATE '2020-01-01' AS valid_from,
    DATE '9999-12-31' AS valid_to
FROM (VALUES
    ('el/0', 'owner-1', 'a', 0.6, 'stated', 1, 1, 'owner-1 > 60 % > a', 0.6, false),
    ('el/0', 'owner-1', 'c', 0.5, 'consolidation', 1, 2, 'owner-1 > 60 % > a > at least 50 % > c', 0.5, false),
    ('el/0', 'owner-1', 'b', 0.5, 'stated', 2, 1, 'owner-1 > 30 % > b', 0.3, true),
    ('el/3', 'owner-2', 'b', 0.5, 'stated', 2, 1, 'owner-2 > 20 % > b', 0.2, true)
) AS r(
    entry_key, listed_entity_id, entity_id, ownership_share, share_basis, owner_count, path_length, path, last_share,
    is_aggregate
);

-- trip below_threshold
UPDATE {mart} SET ownership_share = 0.4 WHERE entity_id = 'a';

-- trip below_threshold: a list the rule does not count
UPDATE {mart} SET rule_code = 'OFAC_50_PERCENT' WHERE entity_id = 'a';

-- trip last_owner_is_no_owner
UPDATE {mart} SET last_share = 0.7 WHERE entity_id = 'a';

-- trip party_not_listed with last_owner_is_no_owner
UPDATE {mart} SET valid_from = DATE '2018-01-01' WHERE entity_id = 'a';

-- trip path_of_other_length
UPDATE {mart} SET path_length = 3 WHERE entity_id = 'c';

-- trip path_of_other_length: to somebody else
UPDATE {mart} SET path = 'owner-1 > 60 % > b' WHERE entity_id = 'a';

-- trip reaches_itself with last_owner_is_no_owner
UPDATE {mart} SET entity_id = 'owner-1', path = 'owner-1 > 60 % > owner-1' WHERE entity_id = 'a';

-- trip aggregate_by_one_owner
UPDATE {mart} SET owner_count = 1 WHERE entity_id = 'b';
