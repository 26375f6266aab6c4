-- Trips of the release suite core.fct_world_trade_flow: one flow as the exporter, the importer and BACI state it.

-- good
INSERT INTO {mart} BY NAME
SELECT
    source, reported_by, exporter_code, importer_code, 'HS2017' AS hs_edition, 'HS6' AS product_level,
    '854231' AS product_code, DATE '2023-01-01' AS period_start, 12 AS period_months,
    import_value_cif_usd, export_value_fob_usd, trade_value_fob_usd,
    DATE '2025-01-31' AS known_from, DATE '9999-12-31' AS known_to
FROM (VALUES
    ('un_comtrade', 'exporter', 'CN', 'VN', NULL, 100, NULL),
    ('un_comtrade', 'exporter', 'CN', 'ALL', NULL, 100, NULL),
    ('un_comtrade', 'importer', 'CN', 'VN', 110, NULL, NULL),
    ('cepii_baci', 'reconciled', 'CN', 'UN899', NULL, NULL, 103)
) AS f(source, reported_by, exporter_code, importer_code, import_value_cif_usd, export_value_fob_usd,
    trade_value_fob_usd);

-- trip open_row_not_unique
INSERT INTO {mart} SELECT * REPLACE (DATE '2026-01-31' AS known_from) FROM {mart} WHERE source = 'cepii_baci';

-- trip known_before_period_ended
UPDATE {mart} SET known_from = DATE '2023-12-31' WHERE source = 'cepii_baci';

-- trip valuation_unlike_reporter: FOB called CIF
UPDATE {mart} SET import_value_cif_usd = export_value_fob_usd, export_value_fob_usd = NULL
WHERE reported_by = 'exporter';

-- trip valuation_unlike_reporter: an import valued as a reconciled flow
UPDATE {mart} SET trade_value_fob_usd = 105 WHERE reported_by = 'importer';

-- trip valuation_unlike_reporter: nothing is stated
UPDATE {mart} SET trade_value_fob_usd = NULL WHERE source = 'cepii_baci';

-- trip reporter_unlike_source
UPDATE {mart} SET source = 'un_comtrade' WHERE source = 'cepii_baci';

-- trip area_shape: a number
UPDATE {mart} SET importer_code = '704' WHERE reported_by = 'importer';

-- trip area_shape: the world as a reporter
UPDATE {mart} SET importer_code = 'ALL' WHERE reported_by = 'importer';

-- trip code_shape: leading zero lost
UPDATE {mart} SET product_code = '10121' WHERE reported_by = 'importer';
