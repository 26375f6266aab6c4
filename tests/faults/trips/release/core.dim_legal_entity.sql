-- Trips of the release suite core.dim_legal_entity: two listed owners, what they own, and an entity of GLEIF's alone.

-- good
INSERT INTO {mart} BY NAME
SELECT
    entity_id,
    entity_name,
    country_code,
    direct_parent_exception,
    entity_id = 'lone' AS is_registered
FROM (VALUES
    ('owner-1', 'First Owner', 'CN', NULL),
    ('owner-2', 'Second Owner', 'CN', NULL),
    ('a', 'Alpha', 'SG', NULL),
    ('b', NULL, NULL, NULL),
    ('c', 'Gamma', 'AE', NULL),
    ('lone', 'Lone', 'GB', 'NON_PUBLIC')
) AS e(entity_id, entity_name, country_code, direct_parent_exception);

-- trip country_unknown
UPDATE {mart} SET country_code = 'China' WHERE entity_id = 'a';

-- trip registered_without_name
UPDATE {mart} SET entity_name = NULL WHERE entity_id = 'lone';

-- trip exception_of_a_told_parent
UPDATE {mart} SET direct_parent_exception = 'NON_PUBLIC', ultimate_parent_exception = 'NON_PUBLIC'
WHERE entity_id = 'c';
