-- Trips of the landing suite ofac_sdn__entries.

-- good
INSERT INTO vintages BY NAME SELECT 15000 AS row_count;
INSERT INTO landing BY NAME
SELECT
    'US_OFAC_SDN' AS list_code,
    i AS entity_number,
    'Party ' || i AS entity_name,
    CASE WHEN i % 2 = 0 THEN 'individual' ELSE 'entity' END AS kind,
    'RUSSIA-EO14024; UKRAINE-EO13662' AS programs,
    'Linked To: Party ' || (i + 1) || '.' AS remarks,
    'RU' AS country_code
FROM range(100) AS r(i);

-- trip number_missing
UPDATE landing SET entity_number = NULL WHERE entity_number = 50;

-- trip key_not_unique
INSERT INTO landing FROM landing WHERE entity_number = 50;

-- trip entity_name_missing
UPDATE landing SET entity_name = NULL WHERE entity_number = 50;

-- trip programs_missing
UPDATE landing SET programs = NULL WHERE entity_number = 50;

-- trip list_code_unknown
UPDATE landing SET list_code = 'US_BIS_EL' WHERE entity_number < 100;

-- trip kind_unknown
UPDATE landing SET kind = 'satellite' WHERE entity_number = 50;

-- trip country_code_misshapen
UPDATE landing SET country_code = 'Russia' WHERE entity_number = 50;

-- trip kinds_out_of_proportion: no entities, as where the cell is filled down
UPDATE landing SET kind = 'individual';

-- trip kinds_out_of_proportion: no individuals
UPDATE landing SET kind = 'entity';

-- trip programs_misshapen: remarks in the column of programmes
UPDATE landing SET programs = 'DOB 1 Jan 1960; POB Moscow, Russia.' WHERE entity_number = 50;

-- trip remarks_missing
UPDATE landing SET remarks = NULL WHERE entity_number < 21;

-- trip name_repeated
UPDATE landing SET entity_name = 'Party' WHERE entity_number < 21;

-- trip too_few_rows
UPDATE vintages SET row_count = 5999;

-- trip too_few_rows: an empty list, of which no row names the vintage
DELETE FROM landing;
UPDATE vintages SET row_count = 0;

-- trip too_many_rows
UPDATE vintages SET row_count = 40001;

-- trip shrunk: half of what was held is gone
INSERT INTO previous FROM landing;
INSERT INTO previous SELECT * REPLACE (entity_number + 1000000 AS entity_number) FROM landing;

-- trip aliases_moved
INSERT INTO previous SELECT * REPLACE ('Another ' || entity_name AS aliases) FROM landing;

-- trip served_again
UPDATE vintages SET same_as = 'two-before', previous_vintage_id = 'the-one-before';
