-- Trips of the release suite core.fct_trade_control: 160 months of the world at three levels, the European Union
-- in 2024 as in fct_trade_flow, and 74,000 figures that were replaced.

-- good
INSERT INTO {mart} BY NAME
SELECT
    flow,
    '-' AS group_code,
    product_level,
    product_code,
    CAST(DATE '2013-01-01' + to_months(CAST(i AS INTEGER)) AS DATE) AS period_start,
    1 AS period_months,
    CASE WHEN flow = 'import' THEN 1000 END AS import_value_consumption_usd,
    CASE WHEN flow = 'export' THEN 1000 END AS export_value_fas_usd,
    DATE '2027-01-31' AS known_from,
    DATE '9999-12-31' AS known_to
FROM (VALUES
    ('import', 'HS2', '84'), ('import', 'NAICS3', '334'), ('export', 'HS2', '84')
) AS levels(flow, product_level, product_code)
CROSS JOIN range(160) AS r(i);
INSERT INTO {mart} BY NAME
SELECT
    'import' AS flow, '0003' AS group_code, 'HTS10' AS product_level, '0100000001' AS product_code,
    DATE '2024-01-01' AS period_start, 12 AS period_months, 27000000000 AS import_value_consumption_usd,
    DATE '2026-08-31' AS known_from, DATE '9999-12-31' AS known_to;
INSERT INTO {mart} BY NAME
SELECT
    'import' AS flow, '-' AS group_code, 'NAICS6' AS product_level, lpad(CAST(i AS VARCHAR), 6, '0') AS product_code,
    DATE '2013-01-01' AS period_start, 1 AS period_months, 1000 AS import_value_consumption_usd,
    DATE '2014-01-01' AS known_from, DATE '2015-01-01' AS known_to
FROM range(74000) AS r(i);

-- trip too_few_rows
DELETE FROM {mart} WHERE product_level = 'NAICS6' AND product_code < '010000';

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(2) WHERE product_level = 'NAICS6';

-- trip open_row_not_unique
INSERT INTO {mart} SELECT * REPLACE (DATE '2027-02-28' AS known_from) FROM {mart} WHERE product_level = 'NAICS3';

-- trip known_before_period_ended
UPDATE {mart} SET known_from = DATE '2024-12-31' WHERE group_code = '0003';

-- trip partners_above_world: thousands taken for dollars
UPDATE {mart} SET import_value_consumption_usd = 1 WHERE product_level = 'HS2' AND period_start = DATE '2013-01-01';

-- trip eu_unlike_members
UPDATE {mart} SET import_value_consumption_usd = 26000000000 WHERE group_code = '0003';

-- trip world_months_lost
DELETE FROM {mart} WHERE product_level = 'NAICS3' AND period_start < DATE '2016-01-01';

-- trip world_months_lost: a flow is gone
DELETE FROM {mart} WHERE flow = 'export';
