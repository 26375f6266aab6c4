-- Trips of the release suite core.fct_ownership_edge: edges between the entities of core.dim_legal_entity's trips.

-- good
INSERT INTO {mart} BY NAME
SELECT
    owner_id,
    owned_id,
    share_basis,
    share,
    CASE WHEN share_basis = 'stated' THEN 'register' ELSE 'gleif' END AS source,
    DATE '2020-01-01' AS valid_from,
    DATE '9999-12-31' AS valid_to,
    DATE '2026-01-01' AS known_from
FROM (VALUES
    ('owner-1', 'a', 0.6, 'stated'),
    ('owner-1', 'b', 0.3, 'stated'),
    ('owner-2', 'b', 0.2, 'stated'),
    ('a', 'c', 0.5, 'consolidation')
) AS e(owner_id, owned_id, share, share_basis);

-- trip share_out_of_range
UPDATE {mart} SET share = 60 WHERE owned_id = 'a';

-- trip owns_itself
UPDATE {mart} SET owner_id = owned_id WHERE owned_id = 'a';

-- trip basis_unlike_source
UPDATE {mart} SET share_basis = 'stated' WHERE owned_id = 'c';

-- trip entity_unknown
UPDATE {mart} SET owned_id = 'nobody' WHERE owned_id = 'a';
