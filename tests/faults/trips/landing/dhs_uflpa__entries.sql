-- Trips of the landing suite dhs_uflpa__entries.

-- good
INSERT INTO vintages BY NAME SELECT 160 AS row_count;
INSERT INTO landing BY NAME
SELECT
    list_code,
    'CN:' || i AS entry_key,
    'CN' AS country_code,
    'Party ' || i AS entity_name,
    ['i', 'ii', 'v'][1 + i % 3] AS sublist_code,
    DATE '2023-06-12' AS effective_on
FROM (VALUES ('US_DHS_UFLPA')) AS lists(list_code)
CROSS JOIN range(160) AS r(i);

-- trip entry_key_missing
UPDATE landing SET entry_key = NULL WHERE entry_key = 'CN:10' AND list_code = 'US_DHS_UFLPA';

-- trip key_not_unique
INSERT INTO landing FROM landing WHERE entry_key = 'CN:10' AND list_code = 'US_DHS_UFLPA';

-- trip entity_name_missing
UPDATE landing SET entity_name = NULL WHERE entry_key = 'CN:10' AND list_code = 'US_DHS_UFLPA';

-- trip list_code_unknown
UPDATE landing SET list_code = 'US_BIS_EL' WHERE entry_key = 'CN:10' AND list_code = 'US_DHS_UFLPA';

-- trip country_code_misshapen
UPDATE landing SET country_code = 'CHN' WHERE entry_key = 'CN:10' AND list_code = 'US_DHS_UFLPA';

-- trip listed_out_of_time: before the list
UPDATE landing SET effective_on = DATE '1970-01-01' WHERE entry_key = 'CN:10' AND list_code = 'US_DHS_UFLPA';

-- trip listed_out_of_time: long after the edition
UPDATE landing SET effective_on = known_from + 32 WHERE entry_key = 'CN:10' AND list_code = 'US_DHS_UFLPA';

-- trip effective_missing
UPDATE landing SET effective_on = NULL WHERE entry_key = 'CN:10';

-- trip sublist_missing
UPDATE landing SET sublist_code = 'v' WHERE sublist_code = 'i';

-- trip list_too_small: half of one list
DELETE FROM landing WHERE list_code = 'US_DHS_UFLPA' AND entry_key >= 'CN:15';

-- trip list_too_small: an empty list, of which no row names the vintage
DELETE FROM landing;
UPDATE vintages SET row_count = 0;

-- trip too_many_rows
UPDATE vintages SET row_count = 331;

-- trip shrunk: half of what was held is gone
INSERT INTO previous FROM landing;
INSERT INTO previous SELECT * REPLACE (entry_key || '/gone' AS entry_key) FROM landing;

-- trip aliases_moved
INSERT INTO previous SELECT * REPLACE ('Another ' || entity_name AS aliases) FROM landing;

-- trip served_again
UPDATE vintages SET same_as = 'two-before', previous_vintage_id = 'the-one-before';
