-- Trips of the landing suite usitc_dataweb__claims.

-- good
INSERT INTO vintages BY NAME SELECT 14520 AS row_count;
INSERT INTO landing BY NAME
SELECT
    'S' AS program_code,
    partner_code,
    DATE '2025-07-01' AS period_start,
    hts10,
    1000 AS total_import_value_consumption_usd,
    claimed AS claimed_import_value_consumption_usd
FROM (VALUES
    ('1220', '0101210010', 0), ('1220', '8471300100', 900), ('2010', '0101210010', 600), ('2010', '8708295060', 1000)
) AS claims(partner_code, hts10, claimed);

-- trip key_missing
UPDATE landing SET hts10 = NULL WHERE hts10 = '8471300100';

-- trip key_not_unique
INSERT INTO landing FROM landing WHERE hts10 = '8471300100';

-- trip program_unknown
UPDATE landing SET program_code = 'KR' WHERE hts10 = '8471300100';

-- trip partner_unknown
UPDATE landing SET partner_code = '5700' WHERE partner_code = '1220';

-- trip hts10_misshapen: a leading zero lost
UPDATE landing SET hts10 = '101210010' WHERE hts10 = '0101210010';

-- trip period_shape
UPDATE landing SET period_start = DATE '2025-07-02' WHERE hts10 = '8471300100';

-- trip value_missing
UPDATE landing SET claimed_import_value_consumption_usd = NULL WHERE hts10 = '8471300100' AND partner_code = '1220';
UPDATE landing SET claimed_import_value_consumption_usd = 500 WHERE hts10 = '0101210010' AND partner_code = '1220';

-- trip nothing_imported: zeros come through
INSERT INTO landing BY NAME SELECT * REPLACE (
    '0102210010' AS hts10, 0 AS total_import_value_consumption_usd, 0 AS claimed_import_value_consumption_usd
) FROM landing WHERE hts10 = '8471300100';

-- trip claim_out_of_bounds
UPDATE landing SET claimed_import_value_consumption_usd = 1001 WHERE hts10 = '8471300100';

-- trip share_of_month: the total is of the program alone
UPDATE landing SET claimed_import_value_consumption_usd = total_import_value_consumption_usd;

-- trip share_of_month: rate provision 18 instead of the program
UPDATE landing SET claimed_import_value_consumption_usd = 100;

-- trip too_few_rows
UPDATE vintages SET row_count = 11999;

-- trip too_many_rows
UPDATE vintages SET row_count = 29001;

-- trip shrunk
UPDATE vintages SET previous_row_count = 29041;
