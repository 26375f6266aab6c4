-- Trips of the landing suite bea_customs_duties__duties: the years from 1929 to 2023.

-- good
INSERT INTO vintages BY NAME SELECT 95 AS row_count;
INSERT INTO landing BY NAME
SELECT
    make_date(CAST(year AS INTEGER), 1, 1) AS period_start, 12 AS period_months,
    CASE year WHEN 1929 THEN 600000000 WHEN 2018 THEN 53300000000 ELSE 20000000000 END AS customs_duties_usd
FROM range(1929, 2024) AS r(year);

-- trip key_not_unique with years_missing: a year comes twice
INSERT INTO landing BY NAME
SELECT DATE '1990-01-01' AS period_start, 12 AS period_months, 1 AS customs_duties_usd;

-- trip value_missing
UPDATE landing SET customs_duties_usd = NULL WHERE period_start = DATE '1990-01-01';

-- trip year_misshapen: the quarterly table
UPDATE landing SET period_months = 3 WHERE period_start = DATE '1990-01-01';

-- trip years_missing
DELETE FROM landing WHERE period_start = DATE '1990-01-01';

-- trip anchor_moved: millions taken for billions
UPDATE landing SET customs_duties_usd = customs_duties_usd / 1000;

-- trip anchor_moved: a line of old taxes
UPDATE landing SET customs_duties_usd = 162200000000 WHERE period_start = DATE '2018-01-01';

-- trip too_few_rows
UPDATE vintages SET row_count = 89;

-- trip too_few_rows: an empty table, of which no row names the vintage
DELETE FROM landing;
UPDATE vintages SET row_count = 0;

-- trip too_many_rows
UPDATE vintages SET row_count = 191;

-- trip shrunk
UPDATE vintages SET previous_row_count = 96;
