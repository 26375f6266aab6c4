-- Trips of the release suite core.bridge_list_entity: two entries of core.fct_list_entry's trips, of China.

-- good
INSERT INTO {mart} BY NAME
SELECT 'US_BIS_EL' AS list_code, entry_key, entity_id, link_method, 1.0 AS link_score, 'evidence' AS link_evidence
FROM (VALUES ('el/0', 'owner-1', 'entry_key'), ('el/3', 'owner-2', 'name_and_country'))
AS l(entry_key, entity_id, link_method);

-- trip entry_unknown
UPDATE {mart} SET entry_key = 'el/gone' WHERE entity_id = 'owner-1';

-- trip owner_of_nothing
UPDATE {mart} SET entity_id = 'b' WHERE entity_id = 'owner-1';

-- trip weak_link
UPDATE {mart} SET link_score = 0.9 WHERE entity_id = 'owner-1';

-- trip country_differs
UPDATE {mart} SET entry_key = 'el/4' WHERE entity_id = 'owner-2';
