-- Trips of the release suite provenance.source_agreement: each check as often as the pack has it, and claims of
-- a month.

-- good
INSERT INTO {mart} BY NAME
SELECT
    check_name, CAST(1000 + i AS VARCHAR) AS partner_code, product_level, 'ALL' AS product_code,
    DATE '2024-01-01' AS period_start, months AS period_months, 'import_value_consumption_usd' AS measure_name,
    'one' AS first_source, CAST(100000 + off AS BIGINT) AS first_value_usd, 'other' AS second_source,
    CAST(100000 AS BIGINT) AS second_value_usd, CAST(off AS BIGINT) AS difference_usd, off / 1e5 AS difference_share,
    band AS band_share, true AS is_within_band
FROM (VALUES
    ('detail_and_total', 'NAICS3', 1, 9000, 0, 0.0), ('sector_reports', 'NAICS3', 1, 1400, 50, 0.001),
    ('months_and_year', 'NAICS3', 12, 8, -700, 0.01), ('months_and_year_of_partner', 'NAICS3', 12, 60, 8000, 0.1),
    ('claim_reports', 'HTS10', 1, 2, 1500, 0.02)
) AS checks(check_name, product_level, months, row_count, off, band)
CROSS JOIN range(9000) AS r(i)
WHERE i < row_count;

-- trip detail_unlike_total: a dollar is lost
UPDATE {mart} SET difference_usd = -1, is_within_band = false
WHERE check_name = 'detail_and_total' AND partner_code = '1000';

-- trip year_unlike_months: a month of the world is counted twice
UPDATE {mart} SET is_within_band = false WHERE check_name = 'months_and_year' AND partner_code = '1000';

-- trip year_unlike_months: a partner's sector is lost
UPDATE {mart} SET is_within_band = false WHERE check_name = 'months_and_year_of_partner' AND partner_code = '1000';

-- trip dataweb_unlike_census: a sector of another month
UPDATE {mart} SET is_within_band = false WHERE check_name = 'sector_reports' AND partner_code = '1000';

-- trip dataweb_unlike_census: claims of another programme
UPDATE {mart} SET is_within_band = false WHERE check_name = 'claim_reports' AND partner_code = '1000';

-- trip checks_lost: DataWeb's report is gone
DELETE FROM {mart} WHERE check_name = 'sector_reports';
