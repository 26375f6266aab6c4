-- Trips of the landing suite bis_entity_list__entries.

-- good
INSERT INTO vintages BY NAME SELECT 3400 AS row_count;
INSERT INTO landing BY NAME
SELECT
    'el/' || i AS entry_key,
    'US_BIS_EL' AS list_code,
    'CN' AS country_code,
    'Party ' || i AS entity_name,
    'All items subject to the EAR' AS licence_requirement,
    'Presumption of denial' AS licence_policy,
    '84 FR 22961, 2019-05-21; 85 FR 29849' AS citation,
    DATE '2019-05-21' AS first_citation_on,
    '1,4' AS rule_flags,
    2 AS aliases_announced,
    2 AS aliases_read
FROM range(100) AS r(i);

-- trip entry_key_missing
UPDATE landing SET entry_key = NULL WHERE entry_key = 'el/50';

-- trip key_not_unique
INSERT INTO landing FROM landing WHERE entry_key = 'el/50';

-- trip entity_name_missing
UPDATE landing SET entity_name = NULL WHERE entry_key = 'el/50';

-- trip list_code_unknown
UPDATE landing SET list_code = 'US_BIS_UVL' WHERE entry_key = 'el/50';

-- trip country_code_misshapen
UPDATE landing SET country_code = 'CHN' WHERE entry_key = 'el/50';

-- trip country_missing
UPDATE landing SET country_code = NULL WHERE entry_key < 'el/2';

-- trip citation_misshapen
UPDATE landing SET citation = '84 FR 22961 (May 21, 2019)' WHERE entry_key = 'el/50';

-- trip citation_missing
UPDATE landing SET citation = NULL, first_citation_on = NULL WHERE entry_key < 'el/14' AND entry_key >= 'el/10';

-- trip citation_undated
UPDATE landing SET first_citation_on = NULL WHERE entry_key < 'el/15' AND entry_key >= 'el/10';

-- trip citation_out_of_time: before the list
UPDATE landing SET first_citation_on = DATE '1997-01-31' WHERE entry_key = 'el/50';

-- trip citation_out_of_time: after the edition
UPDATE landing SET first_citation_on = known_from + 1 WHERE entry_key = 'el/50';

-- trip requirement_unknown
UPDATE landing SET licence_requirement = 'Some items' WHERE entry_key = 'el/50';

-- trip policy_unknown
UPDATE landing SET licence_policy = 'Presumption of delay' WHERE entry_key = 'el/50';

-- trip rule_flags_misshapen
UPDATE landing SET rule_flags = '1 4' WHERE entry_key = 'el/50';

-- trip too_few_rows
UPDATE vintages SET row_count = 2249;

-- trip too_few_rows: an empty list, of which no row names the vintage
DELETE FROM landing;
UPDATE vintages SET row_count = 0;

-- trip too_many_rows
UPDATE vintages SET row_count = 7001;

-- trip shrunk: half of what was held is gone
INSERT INTO previous FROM landing;
INSERT INTO previous SELECT * REPLACE (entry_key || '/gone' AS entry_key) FROM landing;

-- trip aliases_moved
INSERT INTO previous SELECT * REPLACE ('Another ' || entity_name AS aliases) FROM landing;

-- trip served_again
UPDATE vintages SET same_as = 'two-before', previous_vintage_id = 'the-one-before';

-- trip alias_count_contradicted
UPDATE landing SET aliases_announced = 3, aliases_read = 2 WHERE entry_key = 'el/50';

-- trip alias_counts_off with alias_count_contradicted
UPDATE landing SET aliases_announced = 3, aliases_read = 2 WHERE entry_key < 'el/2';
