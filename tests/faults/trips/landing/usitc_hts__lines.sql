-- Trips of the landing suite usitc_hts__lines.

-- good
INSERT INTO vintages BY NAME SELECT 30000 AS row_count, 30000 AS previous_row_count;
INSERT INTO landing BY NAME
SELECT chapter || '01' AS htsno, 0 AS indent, 'Heading' AS description
FROM (SELECT lpad(CAST(i AS VARCHAR), 2, '0') AS chapter FROM range(1, 100) AS r(i) WHERE i <> 77) AS chapters;
INSERT INTO landing BY NAME
SELECT
    htsno || '.00.' || lpad(CAST(i AS VARCHAR), 2, '0') AS htsno,
    1 AS indent,
    htsno AS parent_htsno,
    'Line' AS description,
    'Free' AS general
FROM (SELECT htsno FROM landing) AS headings CROSS JOIN range(1, 26) AS r(i);

-- trip key_missing
UPDATE landing SET htsno = NULL WHERE htsno = '0101.00.01';

-- trip key_not_unique
INSERT INTO landing FROM landing WHERE htsno = '0101.00.01';

-- trip htsno_shape
UPDATE landing SET htsno = '0101.0001' WHERE htsno = '0101.00.01';

-- trip indent_bounds
UPDATE landing SET indent = 12 WHERE htsno = '0101.00.01';

-- trip indent_bounds
UPDATE landing SET indent = NULL WHERE htsno = '0101.00.01';

-- trip description_missing
UPDATE landing SET description = NULL WHERE htsno = '0101';

-- trip chapter_missing
DELETE FROM landing WHERE starts_with(htsno, '50');

-- trip rate_missing
UPDATE landing SET general = NULL WHERE starts_with(htsno, '0301.00');

-- trip rate_missing: on ten digits, where the eight above them state none either
UPDATE landing SET htsno = htsno || '.10', general = NULL WHERE starts_with(htsno, '0301.00');

-- trip orphaned_line
UPDATE landing SET parent_htsno = NULL WHERE htsno = '0101.00.01';

-- trip misplaced_lines
UPDATE landing SET parent_htsno = '0101' WHERE starts_with(htsno, '0201.');

-- trip edition_gap: the basic edition is missing
UPDATE landing SET vintage_id = '2030_rev_1';
UPDATE vintages SET vintage_id = '2030_rev_1';

-- trip edition_gap: revision 2 is missing
UPDATE landing SET vintage_id = '2030_rev_3';
UPDATE vintages SET vintage_id = '2030_rev_3';

-- trip too_few_rows
UPDATE vintages SET row_count = 24999, previous_row_count = NULL;

-- trip too_many_rows
UPDATE vintages SET row_count = 45001;

-- trip shrunk
UPDATE vintages SET previous_row_count = 37501;
