-- Trips of the release suite core.fct_weighted_sector_duty: all trade in one sector of China, and many of nothing.

-- good
INSERT INTO {mart} VALUES
    (2024, '5700', 'NAICS3', '334', DATE '2018-01-01', DATE '2025-02-04', 3100000000000, 31000000000, 40000000000),
    (2024, '5700', 'NAICS3', '334', DATE '2025-02-04', DATE '9999-12-31', 3100000000000, 62000000000, 80000000000);
INSERT INTO {mart}
SELECT 2024, '1220', 'NAICS3', CAST(i AS VARCHAR), DATE '2018-01-01', DATE '9999-12-31', 0, 0, 0
FROM range(54000) AS r(i);

-- trip too_few_rows
DELETE FROM {mart} WHERE partner_code = '1220' AND CAST(product_code AS INTEGER) > 10000;

-- trip too_many_rows
INSERT INTO {mart}
SELECT 2024, '2010', 'NAICS3', CAST(i AS VARCHAR), DATE '2018-01-01', DATE '9999-12-31', 0, 0, 0
FROM range(180000) AS r(i);

-- trip gaps_or_overlaps
UPDATE {mart} SET valid_to = DATE '2025-02-03' WHERE partner_code = '5700' AND valid_from = DATE '2018-01-01';

-- trip gaps_or_overlaps: the last interval ends
UPDATE {mart} SET valid_to = DATE '2028-01-01' WHERE partner_code = '5700' AND valid_from = DATE '2025-02-04';

-- trip duty_below_nothing
UPDATE {mart} SET expected_duty_usd = -1000 WHERE partner_code = '1220' AND product_code = '1';

-- trip duty_below_nothing: what is unclaimed is missing
UPDATE {mart} SET unclaimed_duty_usd = NULL WHERE partner_code = '1220' AND product_code = '1';

-- trip sectors_unlike_all: a partner counted twice
UPDATE {mart} SET import_value_consumption_usd = 2 * import_value_consumption_usd WHERE partner_code = '5700';

-- trip sectors_unlike_all: lines lost their sector
UPDATE {mart} SET import_value_consumption_usd = 1000000000000 WHERE partner_code = '5700';

-- trip partner_unknown
UPDATE {mart} SET partner_code = '9999' WHERE partner_code = '5700';
