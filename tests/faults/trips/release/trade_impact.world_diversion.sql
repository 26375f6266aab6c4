-- Trips of the release suite trade_impact.world_diversion: a product leaves one destination for another.

-- good
INSERT INTO {mart} BY NAME
SELECT
    source, 'CN' AS exporter_code, 'HS2017' AS hs_edition, 'HS6' AS product_level, '854231' AS product_code,
    importer_code, DATE '2024-01-01' AS period_start, 12 AS period_months, value_fob_usd, previous_value_fob_usd,
    value_fob_usd - previous_value_fob_usd AS change_usd, 100 AS exports_fob_usd,
    value_fob_usd / 100 AS destination_share, previous_value_fob_usd / 200 AS previous_destination_share,
    100 * (value_fob_usd / 100 - previous_value_fob_usd / 200) AS share_change_pp,
    mirror_usd AS mirror_import_value_cif_usd, mirror_usd / value_fob_usd AS mirror_ratio
FROM (VALUES
    ('un_comtrade', 'US', 20.0, 120.0, 24.0),
    ('un_comtrade', 'VN', 80.0, 40.0, NULL),
    ('un_comtrade', 'MX', NULL, 40.0, NULL),
    ('cepii_baci', 'US', 100.0, NULL, NULL)
) AS f(source, importer_code, value_fob_usd, previous_value_fob_usd, mirror_usd);

-- trip share_unlike_values with change_unlike_values: of the year before's exports
UPDATE {mart} SET destination_share = 0.1 WHERE source = 'un_comtrade' AND importer_code = 'US';

-- trip share_unlike_values: a share is lost
UPDATE {mart} SET destination_share = NULL WHERE source = 'cepii_baci';

-- trip shares_above_one: a flow counted twice
INSERT INTO {mart} SELECT * REPLACE ('SG' AS importer_code) FROM {mart} WHERE importer_code = 'VN';

-- trip change_unlike_values: absent taken for zero
UPDATE {mart} SET change_usd = -40 WHERE importer_code = 'MX';

-- trip change_unlike_values: fraction taken for percentage points
UPDATE {mart} SET share_change_pp = -0.4 WHERE source = 'un_comtrade' AND importer_code = 'US';

-- trip nothing_stated
UPDATE {mart} SET previous_value_fob_usd = NULL, previous_destination_share = NULL WHERE importer_code = 'MX';

-- trip mirror_unlike_values: turned over
UPDATE {mart} SET mirror_ratio = 1 / mirror_ratio WHERE mirror_ratio IS NOT NULL;

-- trip mirror_unlike_values: BACI against itself
UPDATE {mart} SET mirror_import_value_cif_usd = 100, mirror_ratio = 1 WHERE source = 'cepii_baci';

-- trip world_among_destinations
UPDATE {mart} SET importer_code = 'ALL' WHERE source = 'cepii_baci';
