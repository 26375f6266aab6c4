-- Trips of the release suite provenance.policy_facts: 320 facts about every component of the rate, all met.

-- good
INSERT INTO {mart} BY NAME
SELECT
    'fact_' || i AS fact_id,
    '8471300100' AS hts10,
    '5700' AS partner_code,
    DATE '2025-06-01' AS day,
    components[1 + i % 9] AS component,
    0.25 AS expected_rate,
    0.25 AS panel_rate,
    0.0001 AS tolerance,
    'An act, clause 1' AS citation
FROM range(320) AS r(i)
CROSS JOIN (
    SELECT [
        's232_rate', 's301_rate', 's201_rate', 'ieepa_reciprocal_rate', 'ieepa_fentanyl_rate', 'ieepa_other_rate',
        's122_rate', 's338_rate', 'other_rate'
    ] AS components
) AS words;

-- trip panel_gives_another_rate
UPDATE {mart} SET panel_rate = 0.35 WHERE fact_id = 'fact_7';

-- trip no_such_cell
UPDATE {mart} SET panel_rate = NULL WHERE fact_id = 'fact_7';

-- trip too_few_facts
DELETE FROM {mart} WHERE CAST(substr(fact_id, 6) AS INTEGER) >= 290;

-- trip every_authority_has_facts
UPDATE {mart} SET component = 's301_rate' WHERE component = 's338_rate';

-- trip facts_are_cited
UPDATE {mart} SET citation = NULL WHERE fact_id = 'fact_7';

-- trip facts_are_cited: a tolerance that lets anything pass
UPDATE {mart} SET tolerance = 0.5 WHERE fact_id = 'fact_7';
