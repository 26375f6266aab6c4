-- Trips of the release suite core.dim_round: five rounds, of which one has an act.

-- good
INSERT INTO {mart} BY NAME
SELECT
    'round_' || i AS round_id, 'A round' AS round_name, DATE '2025-05-10' AS starts_on, DATE '2025-05-12' AS ends_on,
    'A town' AS place, 'US; CN' AS parties, 'Joint statement' AS citation
FROM range(5) AS r(i);
INSERT INTO core.dim_action BY NAME
SELECT
    'US-DOC-ROUND' AS action_id, 'An outcome' AS title, 'President' AS issuer, 'US' AS issuer_country,
    'DIPLOMACY' AS authority, 'negotiation' AS instrument, 'loosen' AS direction, DATE '2025-05-12' AS announced_on,
    DATE '2025-05-12' AS known_on, 'round_1' AS round_id, '2025-0777' AS document_number, 'A statement' AS evidence;
INSERT INTO core.fct_action_provision BY NAME
SELECT 'US-DOC-ROUND' AS action_id, 'whole' AS provision_id, 'All of it' AS what, 'loosen' AS direction;
INSERT INTO core.bridge_action_document BY NAME
SELECT 'US-DOC-ROUND' AS action_id, '2025-0777' AS document_number, 'text' AS role;

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(101);

-- trip ends_before_it_starts
UPDATE {mart} SET ends_on = DATE '2025-05-09' WHERE round_id = 'round_2';

-- trip round_unknown
DELETE FROM {mart} WHERE round_id = 'round_1';
