-- Trips of the release suite core.dim_product: in each chapter 200 lines that stand and 280 that stood.

-- good
INSERT INTO {mart} BY NAME
SELECT
    chapter || lpad(CAST(i AS VARCHAR), 8, '0') AS hts10,
    chapter || lpad(CAST(i // 100 AS VARCHAR), 6, '0') AS hts8,
    chapter || lpad(CAST(i // 10000 AS VARCHAR), 4, '0') AS hs6,
    chapter,
    'Line > number ' || i AS description,
    'kg' AS unit_1,
    i % 30 = 0 AS is_advanced_technology,
    CASE WHEN chapter = '28' AND i <= 30 THEN 'Mineral ' || i % 6 END AS critical_mineral,
    DATE '2025-01-01' AS valid_from,
    CASE WHEN i <= 200 THEN DATE '9999-12-31' ELSE DATE '2026-01-01' END AS valid_to,
    DATE '2025-01-01' AS known_from,
    DATE '9999-12-31' AS known_to
FROM (SELECT lpad(CAST(c AS VARCHAR), 2, '0') AS chapter FROM range(1, 99) AS r(c) WHERE c <> 77) AS chapters
CROSS JOIN range(1, 481) AS s(i);

-- trip too_few_rows
DELETE FROM {mart} WHERE valid_to < DATE '9999-12-31' AND chapter < '20';

-- trip too_many_rows
INSERT INTO {mart} FROM {mart} WHERE valid_to < DATE '9999-12-31';
INSERT INTO {mart} FROM {mart} WHERE valid_to < DATE '9999-12-31';

-- trip current_lines: half of the newest edition
UPDATE {mart} SET valid_to = DATE '2026-01-01' WHERE substr(hts10, 10, 1) >= '5' AND chapter <> '28';

-- trip current_lines: lines of one edition beside those of the next
INSERT INTO {mart} FROM {mart} WHERE valid_to = DATE '9999-12-31';
INSERT INTO {mart} FROM {mart} WHERE valid_to = DATE '9999-12-31' AND chapter < '10';

-- trip chapter_missing
UPDATE {mart} SET valid_to = DATE '2026-01-01' WHERE chapter = '98';

-- trip code_parts: a leading zero lost
UPDATE {mart} SET hts10 = '101000001', hts8 = '10100000', hs6 = '101000', chapter = '10' WHERE hts10 = '0100000001';

-- trip code_parts: eight digits of another line
UPDATE {mart} SET hts8 = '01000009' WHERE hts10 = '0100000001';

-- trip markup_left
UPDATE {mart} SET description = 'Of 5 m<sup>2</sup> or more' WHERE hts10 = '0100000001';

-- trip concordance_lost
UPDATE {mart} SET is_advanced_technology = NULL WHERE substr(hts10, 10, 1) < '3';

-- trip critical_minerals_lost
UPDATE {mart} SET critical_mineral = NULL WHERE critical_mineral < 'Mineral 2';
