-- Trips of the release suite provenance.not_computable: 119 headings, a list somebody else compiled,
-- and a citation.

-- good
INSERT INTO {mart}
SELECT 'heading', '9903.' || i, 'A quota', 'No quantities are at hand' FROM range(119) AS r(i);
INSERT INTO {mart} VALUES
    ('list', 'list_compiled', 'An annex', 'The official annex is not at hand'),
    ('citation', 'US_BIS_EL 89 FR 84462', 'Cited by 26 entries', 'No rule at hand');

-- trip too_few_rows
DELETE FROM {mart} WHERE key < '9903.4';

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(16);

-- trip unreasoned
UPDATE {mart} SET reason = ' ' WHERE key = '9903.1';

-- trip unreasoned: nobody says what
UPDATE {mart} SET text = NULL WHERE key = '9903.1';

-- trip compiled_unsaid
UPDATE {mart} SET key = 'list_other' WHERE key = 'list_compiled';
