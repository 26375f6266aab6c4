-- Trips of the release suite core.fct_list_status: the affiliates rule, and entries of two Chinese lists.

-- good
INSERT INTO {mart} BY NAME
SELECT
    'US_BIS_EL' AS list_code, 'affiliates_50_percent' AS subject, '*' AS entry_key, status, is_scheduled,
    TRUE AS is_certain, valid_from, valid_to, DATE '2025-11-12' AS known_from, DATE '9999-12-31' AS known_to
FROM (VALUES
    ('in_force', FALSE, DATE '2025-09-29', DATE '2025-11-10'), ('suspended', FALSE, DATE '2025-11-10',
    DATE '2026-11-10'),
    ('in_force', TRUE, DATE '2026-11-10', DATE '9999-12-31')
) AS w(status, is_scheduled, valid_from, valid_to);
INSERT INTO {mart} BY NAME
SELECT DISTINCT
    list_code, 'entry' AS subject, entry_key, 'partly_suspended' AS status, FALSE AS is_scheduled,
    FALSE AS is_certain,
    DATE '2025-11-10' AS valid_from, DATE '2026-11-10' AS valid_to, DATE '2025-11-10' AS known_from,
    DATE '9999-12-31' AS known_to
FROM core.fct_list_entry
WHERE list_code IN ('CN_MOFCOM_UEL', 'CN_MOFCOM_ECL');

-- trip too_few_rows
DELETE FROM {mart} WHERE subject = 'entry' AND entry_key > 'other/12';

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(6);

-- trip affiliates_rule: return as a fact
UPDATE {mart} SET is_scheduled = FALSE, known_from = DATE '2026-11-10' WHERE valid_from = DATE '2026-11-10';

-- trip affiliates_rule: suspended a day late
UPDATE {mart} SET valid_from = DATE '2025-11-11' WHERE status = 'suspended';

-- trip entry_unknown
UPDATE {mart} SET entry_key = 'nobody' WHERE entry_key = 'other/7' AND list_code = 'CN_MOFCOM_UEL';

-- trip scheduled_as_fact
UPDATE {mart} SET valid_from = DATE '2025-12-20' WHERE entry_key = 'other/7' AND list_code = 'CN_MOFCOM_UEL';

-- trip announcement_lost
UPDATE {mart} SET status = 'in_force' WHERE list_code = 'CN_MOFCOM_UEL';

-- trip inferred_as_certain
UPDATE {mart} SET is_certain = TRUE WHERE entry_key = 'other/7' AND list_code = 'CN_MOFCOM_UEL';
