-- Trips of the landing suite usitc_hts__footnotes.

-- good
INSERT INTO vintages BY NAME SELECT 15000 AS row_count, 15000 AS previous_row_count;
INSERT INTO lines BY NAME
SELECT '01' || lpad(CAST(i AS VARCHAR), 2, '0') || '.00.' || lpad(CAST(j AS VARCHAR), 2, '0') AS htsno
FROM range(1, 100) AS r(i) CROSS JOIN range(1, 100) AS s(j);
INSERT INTO landing BY NAME
SELECT htsno, 'general,other' AS applies_to, 'See 9901.01.01.' AS footnotes, '9901.01.01' AS chapter99_references
FROM lines;
INSERT INTO lines BY NAME SELECT '9901.01.01' AS htsno;

-- trip key_missing
UPDATE landing SET applies_to = NULL WHERE htsno = '0101.00.01';

-- trip key_not_unique
INSERT INTO landing FROM landing WHERE htsno = '0101.00.01';

-- trip applies_to_closed
UPDATE landing SET applies_to = 'general,others' WHERE htsno = '0101.00.01';

-- trip footnotes_missing
UPDATE landing SET footnotes = NULL WHERE htsno = '0101.00.01';

-- trip line_unknown
DELETE FROM lines WHERE htsno = '0101.00.01';

-- trip references_shape
UPDATE landing SET chapter99_references = '9901.01' WHERE htsno = '0101.00.01';

-- trip references_lost
UPDATE landing SET chapter99_references = NULL WHERE htsno < '0115';

-- trip references_dangling
UPDATE landing SET chapter99_references = '9902.99.99' WHERE htsno < '0103';

-- trip too_few_rows
UPDATE vintages SET row_count = 11999, previous_row_count = NULL;

-- trip too_many_rows
UPDATE vintages SET row_count = 31001;

-- trip shrunk
UPDATE vintages SET previous_row_count = 18751;
