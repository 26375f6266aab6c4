-- Trips of the release suite core.fct_action_status: the lives of two acts, and 250 statuses of one.

-- good
INSERT INTO {mart} BY NAME
SELECT
    action_id, 'whole' AS provision_id, status, enforcement, valid_from, valid_to, known_from,
    DATE '9999-12-31' AS known_to, is_scheduled, '2025-10524' AS evidence_document
FROM (VALUES
    ('US-PROC-10947', 'signed', 'not_enforced', DATE '2025-06-03', DATE '2025-06-04', DATE '2025-06-03', FALSE),
    ('US-PROC-10947', 'in_force', 'enforced', DATE '2025-06-04', DATE '9999-12-31', DATE '2025-06-03', FALSE),
    ('US-PROC-11012', 'in_force', 'enforced', DATE '2026-02-24', DATE '2026-07-24', DATE '2026-02-20', TRUE)
) AS w(action_id, status, enforcement, valid_from, valid_to, known_from, is_scheduled);
INSERT INTO {mart} BY NAME
SELECT
    'US-FR-1' AS action_id, 'step-' || (i % 60) AS provision_id, 'in_force' AS status, 'enforced' AS enforcement,
    DATE '2025-01-01' + CAST(i AS INTEGER) AS valid_from, DATE '2025-01-02' + CAST(i AS INTEGER) AS valid_to,
    DATE '2025-01-01' + CAST(i AS INTEGER) AS known_from, DATE '9999-12-31' AS known_to, FALSE AS is_scheduled,
    '2025-00001' AS evidence_document
FROM range(250) AS r(i);

-- trip too_few_rows
DELETE FROM {mart} WHERE action_id = 'US-FR-1' AND valid_from > DATE '2025-05-01';

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(200) WHERE action_id = 'US-FR-1';

-- trip provision_unknown
UPDATE {mart} SET provision_id = 'no-such' WHERE action_id = 'US-FR-1' AND valid_from = DATE '2025-01-01';

-- trip scheduled_as_fact
UPDATE {mart} SET known_from = DATE '2024-01-01' WHERE action_id = 'US-FR-1' AND valid_from = DATE '2025-03-01';

-- trip without_evidence
UPDATE {mart} SET evidence_document = NULL WHERE action_id = 'US-FR-1' AND valid_from = DATE '2025-03-01';

-- trip in_force_unenforced
UPDATE {mart} SET status = 'suspended' WHERE action_id = 'US-FR-1' AND valid_from = DATE '2025-03-01';

-- trip known_lives
UPDATE {mart} SET valid_from = DATE '2025-06-05' WHERE action_id = 'US-PROC-10947' AND status = 'in_force';

-- trip known_lives: known only once it was published
UPDATE {mart} SET known_from = DATE '2025-06-09' WHERE action_id = 'US-PROC-10947' AND status = 'in_force';
