-- Trips of the landing suite census_imports__claims.

-- good
INSERT INTO vintages BY NAME SELECT 10 AS row_count;
INSERT INTO landing BY NAME
SELECT
    'HTS10' AS product_level,
    partner_code,
    DATE '2025-07-01' AS period_start,
    1 AS period_months,
    '8471300100' AS product_code,
    program_code,
    claimed AS claimed_import_value_consumption_usd,
    1000 AS total_import_value_consumption_usd
FROM (VALUES
    ('1220', 'S', 900), ('5800', 'KR', 400), ('5800', 'A*', 600)
) AS claims(partner_code, program_code, claimed);
INSERT INTO flows BY NAME
SELECT DISTINCT
    product_level, partner_code, period_start, period_months, product_code, 1000 AS import_value_consumption_usd
FROM landing;
-- Another vintage's flows are no measure of this one.
INSERT INTO flows BY NAME SELECT * REPLACE ('held' AS vintage_id, 1 AS import_value_consumption_usd) FROM flows;

-- trip key_missing
UPDATE landing SET program_code = NULL WHERE partner_code = '1220';

-- trip key_not_unique
INSERT INTO landing BY NAME
SELECT * REPLACE (1 AS claimed_import_value_consumption_usd) FROM landing WHERE partner_code = '1220';

-- trip product_level_closed with claims_unlike_flows
UPDATE landing SET product_level = 'HS6' WHERE partner_code = '1220';

-- trip code_shape with claims_unlike_flows: leading zeros lost
UPDATE landing SET product_code = '847130010' WHERE partner_code = '1220';

-- trip code_shape with claims_unlike_flows: a group among partners
UPDATE landing SET partner_code = '0003' WHERE partner_code = '1220';

-- trip program_shape: where only shipment is known
UPDATE landing SET program_code = '01' WHERE partner_code = '1220';

-- trip program_shape: USMCA is one programme
UPDATE landing SET program_code = 'S+' WHERE partner_code = '1220';

-- trip period_shape with claims_unlike_flows: a year
UPDATE landing SET period_months = 12 WHERE partner_code = '1220';

-- trip period_shape with claims_unlike_flows: a month from its second day
UPDATE landing SET period_start = DATE '2025-07-02' WHERE partner_code = '1220';

-- trip value_missing
UPDATE landing SET claimed_import_value_consumption_usd = NULL WHERE partner_code = '1220';

-- trip claim_out_of_bounds: nothing is claimed
UPDATE landing SET claimed_import_value_consumption_usd = 0 WHERE partner_code = '1220';

-- trip claim_out_of_bounds with claims_unlike_flows: more than was imported
UPDATE landing SET claimed_import_value_consumption_usd = 1001 WHERE partner_code = '1220';

-- trip claims_unlike_flows: two programmes together claim more than was imported
UPDATE landing SET claimed_import_value_consumption_usd = 700 WHERE program_code = 'KR';

-- trip claims_unlike_flows: the total is of other records
UPDATE flows SET import_value_consumption_usd = 2000 WHERE partner_code = '1220' AND vintage_id <> 'held';

-- trip shrunk
UPDATE vintages SET row_count = 4, previous_row_count = 9;
