-- Trips of the release suite provenance.list_matches: 200 renamed entries, 20 doubtful pairs, one forbidden by hand.

-- good
INSERT INTO {mart}
SELECT
    'US_BIS_EL',
    DATE '2026-07-31',
    'before/' || i,
    'after/' || i,
    'entry/' || i,
    'Name ' || i,
    'Name new ' || i,
    'matched',
    CASE WHEN i < 200 THEN 0.9 ELSE 0.6 END,
    'words agree',
    CASE WHEN i < 200 THEN 'followed' ELSE 'doubtful' END,
    'rule'
FROM range(220) AS r(i);
INSERT INTO {mart} VALUES (
    'US_BIS_EL', DATE '2026-07-31', 'before/x', 'after/x', 'entry/x', 'X', 'Y', 'matched', 0, 'Both are printed.',
    'forbidden', 'override'
);

-- trip too_few_rows
DELETE FROM {mart} WHERE key_before < 'before/2';

-- trip too_many_rows
INSERT INTO {mart}
SELECT t.* REPLACE (t.entry_key || '/' || r.i AS entry_key)
FROM {mart} AS t
CROSS JOIN range(20) AS r(i)
WHERE t.verdict = 'followed';

-- trip score_unlike_verdict: followed though far apart
UPDATE {mart} SET match_score = 0.6 WHERE key_before = 'before/7';

-- trip score_unlike_verdict: reported though farther
UPDATE {mart} SET match_score = 0.5 WHERE key_before = 'before/210';

-- trip score_unlike_verdict: matched without a score
UPDATE {mart} SET match_score = NULL WHERE key_before = 'before/7';

-- trip score_unlike_verdict: forbidden by nobody
UPDATE {mart} SET decided_by = 'rule', match_score = 0.6 WHERE verdict = 'forbidden';

-- trip entry_followed_twice
UPDATE {mart} SET entry_key = 'entry/8' WHERE key_before = 'before/7';

-- trip unexplained
UPDATE {mart} SET evidence = ' ' WHERE key_before = 'before/7';

-- trip unexplained: without a name
UPDATE {mart} SET name_after = NULL WHERE key_before = 'before/7';

-- trip many_doubtful
UPDATE {mart} SET verdict = 'doubtful' WHERE key_before LIKE 'before/10%';
