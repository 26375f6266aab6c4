-- Trips of the landing suite bis_denied_persons__entries.

-- good
INSERT INTO vintages BY NAME SELECT 460 AS row_count;
INSERT INTO landing BY NAME
SELECT
    'PARTY ' || i || ':2019-06-05' AS entry_key,
    'PARTY ' || i AS entity_name,
    DATE '2019-06-05' AS effective_on,
    DATE '2029-06-05' AS expires_on,
    'US' AS country_code,
    '68 FR 38290, 2003-06-27; 71 FR 38843' AS citation
FROM range(100) AS r(i);

-- trip entry_key_missing
UPDATE landing SET entry_key = NULL WHERE entity_name = 'PARTY 50';

-- trip key_not_unique
INSERT INTO landing FROM landing WHERE entity_name = 'PARTY 50';

-- trip entity_name_missing
UPDATE landing SET entity_name = NULL WHERE entity_name = 'PARTY 50';

-- trip effective_on_missing
UPDATE landing SET effective_on = NULL WHERE entity_name = 'PARTY 50';

-- trip country_code_misshapen
UPDATE landing SET country_code = 'PRC' WHERE entity_name = 'PARTY 50';

-- trip country_missing
UPDATE landing SET country_code = NULL WHERE entity_name < 'PARTY 30';

-- trip ends_before_it_begins
UPDATE landing SET expires_on = effective_on WHERE entity_name = 'PARTY 50';

-- trip effective_out_of_time: before the act
UPDATE landing SET effective_on = DATE '1979-09-30' WHERE entity_name = 'PARTY 50';

-- trip effective_out_of_time: after the edition
UPDATE landing SET effective_on = known_from + 61, expires_on = NULL WHERE entity_name = 'PARTY 50';

-- trip citation_misshapen
UPDATE landing SET citation = '84 F.R. 27233 6/12/2019' WHERE entity_name = 'PARTY 50';

-- trip citation_missing
UPDATE landing SET citation = NULL WHERE entity_name IN ('PARTY 1', 'PARTY 2', 'PARTY 3', 'PARTY 4');

-- trip too_few_rows
UPDATE vintages SET row_count = 299;

-- trip too_few_rows: an empty list, of which no row names the vintage
DELETE FROM landing;
UPDATE vintages SET row_count = 0;

-- trip too_many_rows
UPDATE vintages SET row_count = 1501;

-- trip shrunk: half of what was held is gone
INSERT INTO previous FROM landing;
INSERT INTO previous SELECT * REPLACE (entry_key || '/gone' AS entry_key) FROM landing;

-- trip addresses_moved
INSERT INTO previous SELECT * REPLACE ('Another ' || entity_name AS addresses) FROM landing;

-- trip served_again
UPDATE vintages SET same_as = 'two-before', previous_vintage_id = 'the-one-before';
