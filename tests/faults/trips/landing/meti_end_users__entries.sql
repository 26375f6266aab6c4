-- Trips of the landing suite meti_end_users__entries.

-- good
INSERT INTO vintages BY NAME SELECT 800 AS row_count;
INSERT INTO landing BY NAME
SELECT
    list_code,
    'CN:' || i AS entry_key,
    'CN' AS country_code,
    'Party ' || i AS entity_name,
    'CN' AS country_heading,
    'B,C,CW,M,N' AS concerns
FROM (VALUES ('JP_METI_EUL')) AS lists(list_code)
CROSS JOIN range(800) AS r(i);

-- trip entry_key_missing
UPDATE landing SET entry_key = NULL WHERE entry_key = 'CN:10' AND list_code = 'JP_METI_EUL';

-- trip key_not_unique
INSERT INTO landing FROM landing WHERE entry_key = 'CN:10' AND list_code = 'JP_METI_EUL';

-- trip entity_name_missing
UPDATE landing SET entity_name = NULL WHERE entry_key = 'CN:10' AND list_code = 'JP_METI_EUL';

-- trip list_code_unknown
UPDATE landing SET list_code = 'US_BIS_EL' WHERE entry_key = 'CN:10' AND list_code = 'JP_METI_EUL';

-- trip country_code_misshapen
UPDATE landing SET country_code = 'CHN' WHERE entry_key = 'CN:10' AND list_code = 'JP_METI_EUL';

-- trip country_missing
UPDATE landing SET country_code = NULL WHERE entry_key = 'CN:10';

-- trip concerns_misshapen
UPDATE landing SET concerns = 'missile' WHERE entry_key = 'CN:10';

-- trip list_too_small: half of one list
DELETE FROM landing WHERE list_code = 'JP_METI_EUL' AND entry_key >= 'CN:15';

-- trip list_too_small: an empty list, of which no row names the vintage
DELETE FROM landing;
UPDATE vintages SET row_count = 0;

-- trip too_many_rows
UPDATE vintages SET row_count = 1701;

-- trip shrunk: half of what was held is gone
INSERT INTO previous FROM landing;
INSERT INTO previous SELECT * REPLACE (entry_key || '/gone' AS entry_key) FROM landing;

-- trip aliases_moved
INSERT INTO previous SELECT * REPLACE ('Another ' || entity_name AS aliases) FROM landing;

-- trip served_again
UPDATE vintages SET same_as = 'two-before', previous_vintage_id = 'the-one-before';
