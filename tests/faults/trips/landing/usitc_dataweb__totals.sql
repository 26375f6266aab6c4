-- Trips of the landing suite usitc_dataweb__totals.

-- good
INSERT INTO vintages BY NAME SELECT 704 AS row_count;
INSERT INTO landing BY NAME
SELECT
    DATE '2025-07-01' AS period_start,
    CAST(300 + i AS VARCHAR) AS naics3,
    1000000 AS import_value_consumption_usd,
    90000 AS calculated_duty_usd
FROM range(32) AS r(i);

-- trip key_missing
UPDATE landing SET naics3 = NULL WHERE naics3 = '301';

-- trip key_not_unique
INSERT INTO landing FROM landing WHERE naics3 = '301';

-- trip naics3_misshapen
UPDATE landing SET naics3 = '3341' WHERE naics3 = '301';

-- trip period_shape
UPDATE landing SET period_start = DATE '2025-07-02';

-- trip value_missing: a column was inserted
UPDATE landing SET calculated_duty_usd = NULL WHERE naics3 = '301';

-- trip value_negative
UPDATE landing SET calculated_duty_usd = -1 WHERE naics3 = '301';

-- trip duty_above_value: the sheets are mixed up
UPDATE landing SET import_value_consumption_usd = 80000 WHERE naics3 = '301';

-- trip rate_of_month: a column is zeroed
UPDATE landing SET calculated_duty_usd = 0;

-- trip sectors_of_month
DELETE FROM landing WHERE naics3 < '306';

-- trip too_few_rows
UPDATE vintages SET row_count = 349;

-- trip too_many_rows
UPDATE vintages SET row_count = 12001;

-- trip shrunk
UPDATE vintages SET previous_row_count = 1409;
