-- Trips of the release suite policy_events.timeline: two signatures, and 1,600 editions of a list.

-- good
INSERT INTO {mart} BY NAME
SELECT
    'act:' || action_id || ':signed' AS event_id, event_on, 'signed' AS event_kind, action_id, 'An act' AS title,
    FALSE AS is_scheduled, event_on AS known_from, 1 AS event_count
FROM (VALUES
    ('US-EO-14257', DATE '2025-04-02'), ('US-PROC-11012', DATE '2026-02-20')
) AS w(action_id, event_on);
INSERT INTO {mart} BY NAME
SELECT
    'list:' || i AS event_id, DATE '2020-01-01' + CAST(i AS INTEGER) AS event_on, 'list_add' AS event_kind,
    'US_BIS_EL: 1 entries, add' AS title, FALSE AS is_scheduled, DATE '2020-01-01' AS known_from, 1 AS event_count
FROM range(1600) AS r(i);

-- trip too_few_rows
DELETE FROM {mart} WHERE event_kind = 'list_add' AND event_on > DATE '2023-12-01';

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(70) WHERE event_kind = 'list_add';

-- trip kind_unknown
UPDATE {mart} SET event_kind = 'rumoured' WHERE event_id = 'list:1';

-- trip act_unknown
UPDATE {mart} SET action_id = 'US-NOBODY' WHERE event_id = 'list:1';

-- trip undated
UPDATE {mart} SET event_on = NULL WHERE event_id = 'list:1';

-- trip known_events
UPDATE {mart} SET event_on = DATE '2025-04-03' WHERE event_id = 'act:US-EO-14257:signed';
