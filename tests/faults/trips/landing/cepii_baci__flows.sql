-- Trips of the landing suite cepii_baci__flows: a small year.

-- good
INSERT INTO vintages BY NAME SELECT 1000 AS row_count;
INSERT INTO landing BY NAME
SELECT
    'HS2017' AS hs_edition, DATE '2029-01-01' AS period_start, 'CN' AS exporter_code, 'US' AS importer_code,
    lpad(CAST(i AS VARCHAR), 6, '0') AS product_code, 1e6 AS trade_value_fob_usd, 1000 AS net_weight_kg
FROM range(1000) AS r(i);

-- trip key_not_unique
INSERT INTO landing FROM landing WHERE product_code = '000001';

-- trip value_not_positive
UPDATE landing SET trade_value_fob_usd = 0 WHERE product_code = '000001';

-- trip value_not_positive: no value
UPDATE landing SET trade_value_fob_usd = NULL WHERE product_code = '000001';

-- trip weight_mostly_missing
UPDATE landing SET net_weight_kg = NULL WHERE product_code < '000400';

-- trip world_total_unlike: thousands taken for dollars
DELETE FROM landing;
INSERT INTO landing BY NAME
SELECT
    'HS2017' AS hs_edition, DATE '2029-01-01' AS period_start, 'CN' AS exporter_code, 'US' AS importer_code,
    lpad(CAST(i AS VARCHAR), 6, '0') AS product_code, 20000 AS trade_value_fob_usd, 1 AS net_weight_kg
FROM range(1000000) AS r(i);

-- trip areas_without_country
UPDATE landing SET importer_code = 'UN842' WHERE product_code < '000100';

-- trip shrunk
UPDATE vintages SET previous_row_count = 3000;
