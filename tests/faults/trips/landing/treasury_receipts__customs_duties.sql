-- Trips of the landing suite treasury_receipts__customs_duties: months of 2025.

-- good
INSERT INTO vintages BY NAME SELECT 12 AS row_count;
INSERT INTO landing BY NAME
SELECT
    make_date(2025, CAST(month AS INTEGER), 1) AS period_start, 8000000000 AS gross_usd, 700000000 AS refunds_usd,
    7300000000 AS net_usd
FROM range(1, 13) AS r(month);

-- trip key_not_unique
INSERT INTO landing BY NAME
SELECT DATE '2025-03-01' AS period_start, 8000000000 AS gross_usd, 700000000 AS refunds_usd, 7300000000 AS net_usd;

-- trip value_missing
UPDATE landing SET refunds_usd = NULL WHERE period_start = DATE '2025-03-01';

-- trip month_misshapen
UPDATE landing SET period_start = DATE '2025-03-31' WHERE period_start = DATE '2025-03-01';

-- trip net_differs
UPDATE landing SET net_usd = 8000000000 WHERE period_start = DATE '2025-03-01';

-- trip months_missing
DELETE FROM landing WHERE period_start = DATE '2025-03-01';

-- trip value_out_of_bounds: millions taken for dollars
UPDATE landing SET gross_usd = 8000, refunds_usd = 700, net_usd = 7300 WHERE period_start = DATE '2025-03-01';

-- trip too_few_rows
UPDATE vintages SET row_count = 11;

-- trip too_few_rows: an empty table, of which no row names the vintage
DELETE FROM landing;
UPDATE vintages SET row_count = 0;

-- trip too_many_rows
UPDATE vintages SET row_count = 601;

-- trip shrunk
UPDATE vintages SET previous_row_count = 13;
