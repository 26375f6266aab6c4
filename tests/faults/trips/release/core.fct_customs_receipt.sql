-- Trips of the release suite core.fct_customs_receipt: years of the national accounts.

-- good
INSERT INTO {mart}
SELECT
    'bea_customs_duties', 'net', make_date(CAST(year AS INTEGER), 1, 1), 12,
    CASE year
        WHEN 2018 THEN 53300000000 WHEN 2019 THEN 77800000000 WHEN 2020 THEN 68600000000 WHEN 2021 THEN 89100000000
        WHEN 2022 THEN 102300000000 WHEN 2023 THEN 81600000000 ELSE 20000000000
    END, DATE '2024-09-27', DATE '9999-12-31'
FROM range(1929, 2024) AS r(year);

-- trip too_few_rows
DELETE FROM {mart} WHERE period_start < DATE '1990-01-01';

-- trip too_many_rows
INSERT INTO {mart}
SELECT 'treasury_receipts', 'gross', DATE '1900-01-01', CAST(i AS INTEGER), 1, DATE '2024-09-27', DATE '9999-12-31'
FROM range(20000) AS r(i);

-- trip value_out_of_bounds: billions taken for trillions
UPDATE {mart} SET value_usd = value_usd * 1000 WHERE period_start = DATE '1990-01-01';

-- trip value_out_of_bounds: it is missing
UPDATE {mart} SET value_usd = NULL WHERE period_start = DATE '1990-01-01';

-- trip years_of_2018_2023: another line
UPDATE {mart} SET value_usd = 108900000000 WHERE period_start = DATE '2018-01-01';

-- trip years_of_2018_2023: a year is not held
DELETE FROM {mart} WHERE period_start = DATE '2022-01-01';

-- trip sources_differ: months taken for a year
INSERT INTO {mart} VALUES
    ('treasury_receipts', 'net', DATE '2019-01-01', 12, 6000000000, DATE '2024-09-27', DATE '9999-12-31');
