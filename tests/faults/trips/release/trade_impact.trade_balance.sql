-- Trips of the release suite trade_impact.trade_balance: eight years of one partner or another.

-- good
INSERT INTO {mart}
SELECT
    partner_code,
    DATE '2024-01-01' + to_years(i),
    12,
    13000000000,
    136300000000,
    13000000000 - 136300000000
FROM (VALUES ('5520'), ('1200')) AS partners(partner_code) CROSS JOIN range(4) AS r(i);

-- trip too_few_rows
DELETE FROM {mart} WHERE partner_code = '1200' AND period_start > DATE '2025-01-01';

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(3) WHERE partner_code = '1200';

-- trip balance_unlike_sides: imports less exports
UPDATE {mart} SET balance_usd = -balance_usd WHERE partner_code = '1200';

-- trip side_missing: absent taken for zero
UPDATE {mart} SET export_value_fas_usd = 0, balance_usd = -136300000000 WHERE partner_code = '1200';

-- trip partner_unknown
UPDATE {mart} SET partner_code = '0003' WHERE partner_code = '1200';

-- trip vietnam_2024
UPDATE {mart} SET export_value_fas_usd = 26000000000, balance_usd = -110300000000
WHERE partner_code = '5520' AND period_start = DATE '2024-01-01';

-- trip vietnam_2024: it is not held
DELETE FROM {mart} WHERE partner_code = '5520' AND period_start = DATE '2024-01-01';
