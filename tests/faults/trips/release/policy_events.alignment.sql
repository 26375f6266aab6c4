-- Trips of the release suite policy_events.alignment: three orders of one ministry after as many notices.

-- good
INSERT INTO core.dim_action BY NAME
SELECT
    'JP-METI-' || i AS action_id, 'An order' AS title, 'METI' AS issuer, 'JP' AS issuer_country,
    'JP_EXPORT_CONTROL' AS authority, 'licence_rule' AS instrument, 'neutral' AS direction,
    DATE '2025-06-01' AS published_on, DATE '2025-06-01' AS known_on, 'Text of the order' AS evidence
FROM range(3) AS r(i);
INSERT INTO core.fct_action_provision BY NAME
SELECT 'JP-METI-' || i AS action_id, 'whole' AS provision_id, 'All of it' AS what, 'neutral' AS direction
FROM range(3) AS r(i);
INSERT INTO {mart} BY NAME
SELECT
    'US-FR-' || i AS action_id, 'METI' AS follower_issuer, 'JP' AS follower_country,
    'JP-METI-' || i AS follower_action_id, 151 - i AS days_later, 'same_sector' AS basis, 'steel' AS sectors,
    'S232' AS authority, 'JP_EXPORT_CONTROL' AS follower_authority
FROM range(3) AS r(i)
CROSS JOIN range(4);

-- trip too_few_rows
DELETE FROM {mart} WHERE action_id <> 'US-FR-1';

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(8000);

-- trip outside_a_year
UPDATE {mart} SET days_later = -1 WHERE action_id = 'US-FR-1';

-- trip basis_unknown
UPDATE {mart} SET sectors = NULL WHERE action_id = 'US-FR-1';

-- trip sides_mixed_up
UPDATE {mart} SET action_id = follower_action_id, follower_action_id = action_id WHERE action_id = 'US-FR-1';
