-- Trips of the release suite trade_impact.restatements: one restated figure of fct_trade_flow, and 70,000 others.

-- good
INSERT INTO {mart} BY NAME
SELECT
    'import' AS flow, 'import_value_consumption_usd' AS measure, '5700' AS partner_code, 'HS2' AS product_level,
    '84' AS product_code, DATE '2013-01-01' AS period_start, 1 AS period_months, 490 AS first_value_usd,
    500 AS latest_value_usd, DATE '2013-03-31' AS first_known_on, DATE '2014-01-01' AS latest_known_on;
INSERT INTO {mart} BY NAME
SELECT
    'import' AS flow, 'calculated_duty_usd' AS measure, '5700' AS partner_code, 'HS2' AS product_level,
    'chapter ' || i AS product_code, DATE '2013-01-01' AS period_start, 1 AS period_months, 100 AS first_value_usd,
    101 AS latest_value_usd, DATE '2013-03-31' AS first_known_on, DATE '2014-01-01' AS latest_known_on
FROM range(70000) AS r(i);
INSERT INTO {mart} BY NAME
SELECT
    'import' AS flow, 'import_value_consumption_usd' AS measure, '5700' AS partner_code, 'HS2' AS product_level,
    'whole year' AS product_code, period_start, 1 AS period_months, first_value_usd, latest_value_usd,
    DATE '2021-01-31' AS first_known_on, DATE '2021-06-30' AS latest_known_on
FROM (VALUES
    (DATE '2018-01-01', 544038000000, 543287000000), (DATE '2019-01-01', 451000000000, 449980000000)
) AS years(period_start, first_value_usd, latest_value_usd);

-- trip too_few_rows
DELETE FROM {mart} WHERE product_code < 'chapter 2';

-- trip too_many_rows with china_2018_and_2019
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(2);

-- trip nothing_restated: alike
UPDATE {mart} SET latest_value_usd = 100 WHERE product_code = 'chapter 1';

-- trip nothing_restated: in no order of time
UPDATE {mart} SET latest_known_on = first_known_on WHERE product_code = 'chapter 1';

-- trip latest_unlike_fact
UPDATE {mart} SET latest_value_usd = 501 WHERE product_code = '84';

-- trip revision_implausible: thousands taken for dollars
UPDATE {mart} SET latest_value_usd = 101000 WHERE measure = 'calculated_duty_usd';

-- trip china_2018_and_2019: a vintage is lost
DELETE FROM {mart} WHERE product_code = 'whole year' AND period_start = DATE '2019-01-01';

-- trip china_2018_and_2019: compared with another vintage
UPDATE {mart} SET latest_value_usd = 543387000000
WHERE product_code = 'whole year' AND period_start = DATE '2018-01-01';
