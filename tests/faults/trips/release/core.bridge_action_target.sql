-- Trips of the release suite core.bridge_action_target: ten acts aimed at all partners and at one sector.

-- good
INSERT INTO {mart} BY NAME
SELECT 'US-FR-' || i AS action_id, target_kind, target_code
FROM range(10) AS r(i)
CROSS JOIN (VALUES ('partner', 'ALL'), ('sector', 'steel')) AS aims(target_kind, target_code);

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(501);

-- trip act_unknown
UPDATE {mart} SET action_id = 'US-NOBODY' WHERE action_id = 'US-FR-1';

-- trip partner_unknown
UPDATE {mart} SET target_code = '0000' WHERE action_id = 'US-FR-1' AND target_kind = 'partner';

-- trip list_unknown
UPDATE {mart} SET target_kind = 'list', target_code = 'US_NO_LIST'
WHERE action_id = 'US-FR-1' AND target_kind = 'sector';
