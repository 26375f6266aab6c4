-- Trips of the landing suite gleif__relationships.

-- good
INSERT INTO vintages BY NAME SELECT 20 AS row_count;
INSERT INTO landing BY NAME
SELECT
    'ABCDEFGHIJKLMNOPQR' || lpad(CAST(i AS varchar), 2, '0') AS child_id,
    'ABCDEFGHIJKLMNOPQS00' AS parent_id,
    CASE WHEN i = 19 THEN 'IS_FUND-MANAGED_BY' ELSE 'IS_DIRECTLY_CONSOLIDATED_BY' END AS relationship_type,
    'LEI' AS child_id_type,
    'LEI' AS parent_id_type,
    'ACTIVE' AS relationship_status,
    DATE '2015-01-01' AS starts_on,
    CASE WHEN i = 3 THEN DATE '2020-01-01' END AS ends_on
FROM range(20) AS r(i);

-- trip child_missing
UPDATE landing SET child_id = NULL WHERE child_id LIKE '%07';

-- trip parent_missing
UPDATE landing SET parent_id = NULL WHERE child_id LIKE '%07';

-- trip key_not_unique
INSERT INTO landing FROM landing WHERE child_id LIKE '%07';

-- trip relationship_type_unknown
UPDATE landing SET relationship_type = 'IS_FRIEND_OF' WHERE child_id LIKE '%07';

-- trip lei_misshapen
UPDATE landing SET parent_id = 'DE123' WHERE child_id LIKE '%07';

-- trip relationship_status_unknown
UPDATE landing SET relationship_status = 'PAUSED' WHERE child_id LIKE '%07';

-- trip dates_reversed
UPDATE landing SET ends_on = DATE '2014-01-01' WHERE child_id LIKE '%07';

-- trip consolidates_itself
UPDATE landing SET parent_id = child_id WHERE child_id LIKE '%07';

-- trip starts_out_of_time
UPDATE landing SET starts_on = DATE '2099-01-01' WHERE child_id LIKE '%07';

-- trip starts_out_of_time: before companies
UPDATE landing SET starts_on = DATE '0201-01-01' WHERE child_id LIKE '%07';

-- trip nothing_in_it
DELETE FROM landing;
UPDATE vintages SET row_count = 0;

-- trip shrunk
UPDATE vintages SET previous_row_count = 41;
