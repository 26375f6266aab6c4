-- Trips of the release suite trade_impact.retaliation_exposure:
-- four acts, the exports of one year held.

-- good
INSERT INTO {mart} BY NAME
SELECT
    issuer, action_id, 'programme' AS programme, '1000' AS target_partner_code, partner_code,
    DATE '2025-03-04' AS first_effective_on, lines AS tariff_line_count, 91 AS hs6_count, 25 AS partial_hs6_count,
    2024 AS weight_year, level AS product_level, exposed AS exposed_export_value_fas_usd,
    undivided AS undivided_export_value_fas_usd, 100 AS export_value_fas_usd, share AS exposed_share
FROM (VALUES
    ('CN', '5700', 'CN-CTC-2018-04-01', 128, NULL, NULL, NULL, NULL),
    ('CA', '1220', 'CA-SURTAX-2025-1', 1270, 'SB10', 40, 20, 0.4),
    ('CA', '1220', 'CA-SOR-2025-95', 539, NULL, NULL, NULL, NULL),
    ('CN', '5700', 'CN-CTC-2025-2', 740, NULL, NULL, NULL, NULL)
) AS acts(issuer, partner_code, action_id, lines, level, exposed, undivided, share);

-- trip too_few_rows with lists_of_2018_and_2025
DELETE FROM {mart} WHERE action_id = 'CA-SOR-2025-95';

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(100);

-- trip lists_of_2018_and_2025
UPDATE {mart} SET tariff_line_count = 1200 WHERE action_id = 'CA-SURTAX-2025-1';

-- trip partner_unknown
UPDATE {mart} SET partner_code = '0003' WHERE action_id = 'CA-SURTAX-2025-1';

-- trip bounds_out_of_order
UPDATE {mart} SET undivided_export_value_fas_usd = 50 WHERE action_id = 'CA-SURTAX-2025-1';

-- trip absent_taken_for_zero
UPDATE {mart} SET exposed_export_value_fas_usd = 0 WHERE action_id = 'CN-CTC-2025-2';
