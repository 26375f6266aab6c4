-- Trips of the release suite core.fct_schedule_line: 30,000 lines that stand, 24,000 of the first edition alone,
-- and the two headings of Section 301.

-- good
INSERT INTO {mart} BY NAME
SELECT
    left(digits, 4) || '.' || substr(digits, 5, 2) || '.' || right(digits, 2) AS htsno,
    digits AS hts_digits,
    0 AS indent,
    'A line' AS description,
    'Free' AS general,
    starts_with(digits, '99') AS is_chapter_99,
    DATE '2019-01-01' AS known_from,
    CASE WHEN i < 30000 THEN DATE '9999-12-31' ELSE DATE '2019-02-01' END AS known_to
FROM (
    SELECT i, CASE WHEN i < 3000 THEN '9901' || lpad(i::VARCHAR, 4, '0') ELSE lpad(i::VARCHAR, 8, '0') END AS digits
    FROM range(54000) AS r(i)
) AS numbers;
INSERT INTO {mart} BY NAME
SELECT *, 'Articles' AS description, true AS is_chapter_99, replace(htsno, '.', '') AS hts_digits
FROM (VALUES
    ('9903.88.03', 'The duty in the subheading + 10%', DATE '2019-02-01', DATE '2019-06-01'),
    ('9903.88.03', 'The duty in the subheading + 25%', DATE '2019-06-01', DATE '9999-12-31'),
    ('9903.88.15', 'The duty in the subheading + 15%', DATE '2019-10-01', DATE '2020-06-01'),
    ('9903.88.15', 'The duty in the subheading + 7.5%', DATE '2020-06-01', DATE '9999-12-31')
) AS headings(htsno, general, known_from, known_to);

-- trip too_few_rows
DELETE FROM {mart} WHERE known_to = DATE '2019-02-01' AND hts_digits < '00036000';

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(3) WHERE known_to = DATE '2019-02-01';

-- trip current_lines: half of the newest edition
UPDATE {mart} SET known_to = DATE '2019-02-01' WHERE hts_digits BETWEEN '00020000' AND '00029999';

-- trip chapter_99_lost
UPDATE {mart} SET known_to = DATE '2019-02-01' WHERE hts_digits BETWEEN '99010000' AND '99010999';

-- trip code_parts
UPDATE {mart} SET hts_digits = '00003001' WHERE hts_digits = '00003000';

-- trip code_parts: chapter 99 is not told
UPDATE {mart} SET is_chapter_99 = false WHERE htsno = '9901.00.00';

-- trip markup_left
UPDATE {mart} SET general = '$1.13/m<sup>3</sup>' WHERE hts_digits = '00003000';

-- trip section_301_rates: the step of 2019 is dated to 2020
UPDATE {mart} SET known_to = DATE '2020-01-01' WHERE general LIKE '%+ 10%';
UPDATE {mart} SET known_from = DATE '2020-01-01' WHERE general LIKE '%+ 25%';

-- trip section_301_rates: a heading is gone
DELETE FROM {mart} WHERE htsno = '9903.88.15';
