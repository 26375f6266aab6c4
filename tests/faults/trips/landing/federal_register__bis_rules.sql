-- Trips of the landing suite federal_register__bis_rules.

-- good
INSERT INTO vintages BY NAME SELECT 450 AS row_count;
INSERT INTO landing BY NAME
SELECT
    '88 FR ' || (100 + i) AS citation,
    88 AS volume,
    100 + i AS start_page,
    DATE '2023-05-22' AS published_on,
    'as printed' AS published_evidence,
    DATE '2023-05-19' AS effective_on,
    'Addition of Entities to the Entity List' AS title
FROM range(450) AS r(i);

-- trip citation_missing
UPDATE landing SET citation = NULL WHERE citation = '88 FR 110';

-- trip key_not_unique
INSERT INTO landing FROM landing WHERE citation = '88 FR 110';

-- trip published_missing
UPDATE landing SET published_on = NULL WHERE citation = '88 FR 110';

-- trip volume_unlike_year
UPDATE landing SET volume = 87 WHERE citation = '88 FR 110';

-- trip published_out_of_time: before the tables
UPDATE landing SET published_on = DATE '2010-12-31', volume = 75, effective_on = NULL WHERE citation = '88 FR 110';

-- trip published_out_of_time: after the tables
UPDATE landing SET published_on = known_from + 1, volume = year(known_from + 1) - 1935, effective_on = NULL
WHERE citation = '88 FR 110';

-- trip pages_against_days
UPDATE landing SET published_evidence = 'as printed, against the order of pages' WHERE start_page < 110;

-- trip effective_out_of_time: a month before
UPDATE landing SET effective_on = published_on - 32 WHERE citation = '88 FR 110';

-- trip effective_out_of_time: a year after
UPDATE landing SET effective_on = published_on + 367 WHERE citation = '88 FR 110';

-- trip title_missing
UPDATE landing SET title = NULL WHERE citation = '88 FR 110';

-- trip table_too_small
UPDATE vintages SET row_count = 224;

-- trip too_many_rows
UPDATE vintages SET row_count = 901;
