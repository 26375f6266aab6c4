-- Trips of the release suite provenance.disagreements: 60 rates that two sources state.

-- good
INSERT INTO {mart}
SELECT 'Rate ' || i, '25 %', 'The act', '10 %', 'A page', '25 %', 'The act decides' FROM range(59) AS r(i);
INSERT INTO {mart} VALUES ('A list', '127 lines', 'The act', '127 lines', 'The schedule', '127', 'Equal line by line');

-- trip too_few_rows
DELETE FROM {mart} WHERE subject < 'Rate 3';

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(20);

-- trip unsourced
UPDATE {mart} SET source_b = NULL WHERE subject = 'Rate 1';

-- trip unresolved
UPDATE {mart} SET resolved_as = ' ' WHERE subject = 'Rate 1';

-- trip unresolved: nobody says why
UPDATE {mart} SET ground = NULL WHERE subject = 'Rate 1';

-- trip one_statement
UPDATE {mart} SET source_b = source_a WHERE subject = 'A list';
