-- Trips of the landing suite ita_screening_list__entries.

-- good
INSERT INTO vintages BY NAME SELECT 1680 AS row_count;
INSERT INTO landing BY NAME
SELECT
    list_code,
    'CN:' || i AS entry_key,
    'CN' AS country_code,
    'Party ' || i AS entity_name,
    CASE list_code WHEN 'US_BIS_MEU' THEN 'Items of supplement no. 2' END AS licence_requirement,
    CASE list_code WHEN 'US_BIS_MEU' THEN 'See part 744' END AS licence_policy,
    CASE WHEN list_code <> 'US_BIS_UVL' THEN '84 FR 22961, 2019-05-21' END AS citation,
    CASE WHEN list_code <> 'US_BIS_UVL' THEN DATE '2019-05-21' END AS first_citation_on
FROM (VALUES ('US_BIS_UVL'), ('US_BIS_MEU'), ('US_ISN'), ('US_DDTC_DTC')) AS lists(list_code)
CROSS JOIN range(420) AS r(i);

-- trip entry_key_missing
UPDATE landing SET entry_key = NULL WHERE entry_key = 'CN:10' AND list_code = 'US_BIS_UVL';

-- trip key_not_unique
INSERT INTO landing FROM landing WHERE entry_key = 'CN:10' AND list_code = 'US_BIS_UVL';

-- trip entity_name_missing
UPDATE landing SET entity_name = NULL WHERE entry_key = 'CN:10' AND list_code = 'US_BIS_UVL';

-- trip list_code_unknown
UPDATE landing SET list_code = 'US_BIS_EL' WHERE entry_key = 'CN:10' AND list_code = 'US_BIS_UVL';

-- trip country_code_misshapen
UPDATE landing SET country_code = 'CHN' WHERE entry_key = 'CN:10' AND list_code = 'US_BIS_UVL';

-- trip listed_out_of_time: before the list
UPDATE landing SET first_citation_on = DATE '1970-01-01' WHERE entry_key = 'CN:10' AND list_code = 'US_BIS_UVL';

-- trip listed_out_of_time: long after the edition
UPDATE landing SET first_citation_on = known_from + 32 WHERE entry_key = 'CN:10' AND list_code = 'US_BIS_UVL';

-- trip citation_misshapen
UPDATE landing SET citation = 'Vol. 84, No. 98' WHERE entry_key = 'CN:10' AND list_code = 'US_ISN';

-- trip citation_missing
UPDATE landing SET citation = NULL WHERE entry_key > 'CN:3' AND list_code = 'US_ISN';

-- trip terms_misplaced: gone from where they belong
UPDATE landing SET licence_policy = NULL WHERE entry_key = 'CN:10' AND list_code = 'US_BIS_MEU';

-- trip terms_misplaced: where they do not belong
UPDATE landing SET licence_requirement = 'INKSNA' WHERE entry_key = 'CN:10' AND list_code = 'US_ISN';

-- trip list_too_small: half of one list
DELETE FROM landing WHERE list_code = 'US_BIS_UVL' AND entry_key >= 'CN:15';

-- trip list_too_small: an empty list, of which no row names the vintage
DELETE FROM landing;
UPDATE vintages SET row_count = 0;

-- trip too_many_rows
UPDATE vintages SET row_count = 2501;

-- trip shrunk: half of what was held is gone
INSERT INTO previous FROM landing;
INSERT INTO previous SELECT * REPLACE (entry_key || '/gone' AS entry_key) FROM landing;

-- trip aliases_moved
INSERT INTO previous SELECT * REPLACE ('Another ' || entity_name AS aliases) FROM landing;

-- trip served_again
UPDATE vintages SET same_as = 'two-before', previous_vintage_id = 'the-one-before';
