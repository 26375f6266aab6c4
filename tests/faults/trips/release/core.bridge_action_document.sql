-- Trips of the release suite core.bridge_action_document: a notice of every notice, and an act's own text.

-- good
INSERT INTO {mart} BY NAME
SELECT 'US-FR-' || i AS action_id, '2025-0' || i AS document_number, 'text' AS role
FROM range(100) AS r(i);
INSERT INTO {mart} BY NAME
SELECT 'US-FR-' || i AS action_id, '2025-1' || i AS document_number, 'correction' AS role
FROM range(20) AS r(i);

-- trip too_few_rows
DELETE FROM {mart} WHERE role = 'correction' OR action_id IN ('US-FR-1', 'US-FR-2');

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(201);

-- trip act_unknown
UPDATE {mart} SET action_id = 'US-NOBODY' WHERE role = 'correction' AND action_id = 'US-FR-1';

-- trip text_lost
UPDATE {mart} SET role = 'press' WHERE role = 'text' AND action_id = 'US-DOC-ROUND';
