-- Trips of the landing suite un_comtrade__flows: a reporter's exports and imports of two chapters, and their totals.

-- good
INSERT INTO vintages BY NAME SELECT 12 AS row_count;
INSERT INTO landing BY NAME
SELECT
    'CN' AS reporter_code, flow, 'HS2' AS product_level, product_code, 'HS2022' AS hs_edition, counterpart_code,
    DATE '2029-01-01' AS period_start, 12 AS period_months,
    CASE WHEN flow = 'import' THEN value_usd END AS cif_value_usd,
    CASE WHEN flow = 'export' THEN value_usd END AS fob_value_usd, 10 AS net_weight_kg
FROM (VALUES ('import'), ('export')) AS f(flow)
CROSS JOIN (VALUES ('84'), ('85')) AS p(product_code)
CROSS JOIN (VALUES ('US', 600000), ('VN', 400000), ('ALL', 1000000)) AS c(counterpart_code, value_usd);

-- trip key_not_unique with partners_unlike_world
INSERT INTO landing FROM landing WHERE flow = 'export' AND product_code = '85' AND counterpart_code = 'VN';

-- trip value_missing with partners_unlike_world
UPDATE landing SET fob_value_usd = NULL, cif_value_usd = 400000
WHERE flow = 'export' AND product_code = '85' AND counterpart_code = 'VN';

-- trip negative_value
UPDATE landing SET net_weight_kg = -1 WHERE flow = 'export' AND product_code = '85' AND counterpart_code = 'VN';

-- trip world_missing: one partner alone was asked for
DELETE FROM landing WHERE flow = 'export' AND product_code = '85' AND counterpart_code <> 'VN';

-- trip partners_unlike_world: a partner is lost
DELETE FROM landing WHERE flow = 'export' AND product_code = '85' AND counterpart_code = 'VN';

-- trip partners_unlike_world: a partner that is part of another
INSERT INTO landing BY NAME
SELECT * REPLACE ('UN899' AS counterpart_code, 50000 AS cif_value_usd)
FROM landing WHERE flow = 'import' AND product_code = '85' AND counterpart_code = 'VN';

-- trip shrunk
UPDATE vintages SET previous_row_count = 30;
