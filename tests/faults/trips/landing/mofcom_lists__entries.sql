-- Trips of the landing suite mofcom_lists__entries.

-- good
INSERT INTO vintages BY NAME SELECT 300 AS row_count;
INSERT INTO landing BY NAME
SELECT
    list_code,
    'CN:' || i AS entry_key,
    'CN' AS country_code,
    'Party ' || i AS entity_name,
    DATE '2025-04-04' AS announced_on,
    'https://aqygzj.mofcom.gov.cn/1.html' AS announcement_url
FROM (VALUES ('CN_MOFCOM_UEL'), ('CN_MOFCOM_ECL'), ('CN_MOFCOM_AL')) AS lists(list_code)
CROSS JOIN range(100) AS r(i);

-- trip entry_key_missing
UPDATE landing SET entry_key = NULL WHERE entry_key = 'CN:10' AND list_code = 'CN_MOFCOM_UEL';

-- trip key_not_unique
INSERT INTO landing FROM landing WHERE entry_key = 'CN:10' AND list_code = 'CN_MOFCOM_UEL';

-- trip entity_name_missing
UPDATE landing SET entity_name = NULL WHERE entry_key = 'CN:10' AND list_code = 'CN_MOFCOM_UEL';

-- trip list_code_unknown
UPDATE landing SET list_code = 'US_BIS_EL' WHERE entry_key = 'CN:10' AND list_code = 'CN_MOFCOM_UEL';

-- trip country_code_misshapen
UPDATE landing SET country_code = 'CHN' WHERE entry_key = 'CN:10' AND list_code = 'CN_MOFCOM_UEL';

-- trip listed_out_of_time: before the list
UPDATE landing SET announced_on = DATE '1970-01-01' WHERE entry_key = 'CN:10' AND list_code = 'CN_MOFCOM_UEL';

-- trip listed_out_of_time: long after the edition
UPDATE landing SET announced_on = known_from + 32 WHERE entry_key = 'CN:10' AND list_code = 'CN_MOFCOM_UEL';

-- trip announced_missing
UPDATE landing SET announced_on = NULL WHERE entry_key = 'CN:10' AND list_code = 'CN_MOFCOM_ECL';

-- trip announcement_elsewhere
UPDATE landing SET announcement_url = 'https://example.org/' WHERE entry_key = 'CN:10' AND list_code = 'CN_MOFCOM_ECL';

-- trip list_too_small: half of one list
DELETE FROM landing WHERE list_code = 'CN_MOFCOM_UEL' AND entry_key >= 'CN:15';

-- trip list_too_small: an empty list, of which no row names the vintage
DELETE FROM landing;
UPDATE vintages SET row_count = 0;

-- trip too_many_rows
UPDATE vintages SET row_count = 481;

-- trip shrunk: half of what was held is gone
INSERT INTO previous FROM landing;
INSERT INTO previous SELECT * REPLACE (entry_key || '/gone' AS entry_key) FROM landing;

-- trip aliases_moved
INSERT INTO previous SELECT * REPLACE ('Another ' || entity_name AS aliases) FROM landing;

-- trip served_again
UPDATE vintages SET same_as = 'two-before', previous_vintage_id = 'the-one-before';
