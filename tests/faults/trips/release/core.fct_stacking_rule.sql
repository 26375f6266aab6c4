-- Trips of the release suite core.fct_stacking_rule: vehicles before steel, and metals and Canada in both orders.

-- good
INSERT INTO {mart} BY NAME
SELECT
    rule_id, applies_to_programme, yields_to_programme, value_share, valid_from, valid_to,
    valid_from - 1 AS known_from, DATE '9999-12-31' AS known_to, 'US-FR-1' AS action_id, 'section 3' AS citation
FROM (VALUES
    ('A-1', 's232_steel', 'ieepa_fentanyl_ca', 'all', DATE '2025-03-04', DATE '2025-06-04'),
    ('A-2', 'ieepa_fentanyl_ca', 's232_steel', 'same_part', DATE '2025-06-04', DATE '2026-02-24'),
    ('A-3', 's232_aluminum', 'ieepa_fentanyl_ca', 'all', DATE '2025-03-04', DATE '2025-06-04'),
    ('A-4', 'ieepa_fentanyl_ca', 's232_aluminum', 'same_part', DATE '2025-06-04', DATE '2026-02-24')
) AS canada(rule_id, applies_to_programme, yields_to_programme, value_share, valid_from, valid_to)
UNION ALL BY NAME
SELECT
    'B-' || i AS rule_id, 's232_steel' AS applies_to_programme, 's232_autos' AS yields_to_programme,
    'all' AS value_share, DATE '2025-04-03' AS valid_from, DATE '9999-12-31' AS valid_to,
    DATE '2025-03-26' AS known_from, DATE '9999-12-31' AS known_to, 'US-FR-1' AS action_id, 'section 3' AS citation
FROM range(70) AS r(i);

-- trip too_few_rows
DELETE FROM {mart} WHERE starts_with(rule_id, 'B-1') OR starts_with(rule_id, 'B-2');

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(20) WHERE starts_with(rule_id, 'B-');

-- trip words_unknown
UPDATE {mart} SET value_share = 'half' WHERE rule_id = 'B-1';

-- trip words_unknown with both_yield: to itself
UPDATE {mart} SET yields_to_programme = 's232_steel' WHERE rule_id = 'B-1';

-- trip programme_unknown
UPDATE {mart} SET yields_to_programme = 's232_cars' WHERE rule_id = 'B-1';

-- trip act_unknown
UPDATE {mart} SET action_id = 'US-FR-NONE' WHERE rule_id = 'B-1';

-- trip act_unknown: no place in it
UPDATE {mart} SET citation = NULL WHERE rule_id = 'B-1';

-- trip both_yield: the first order does not end
UPDATE {mart} SET valid_to = DATE '9999-12-31' WHERE rule_id = 'A-1';

-- trip metals_and_canada: the order of 2025-06-04 is missing
DELETE FROM {mart} WHERE rule_id = 'A-2';

-- trip metals_and_canada: the first order ends too early
UPDATE {mart} SET valid_to = DATE '2025-06-01' WHERE rule_id = 'A-3';
