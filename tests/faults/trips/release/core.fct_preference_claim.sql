-- Trips of the release suite core.fct_preference_claim: a year of claims of both partners in one line each, and
-- 202,000 figures that were replaced.

-- good
INSERT INTO {mart} BY NAME
SELECT
    partner_code, '8471300100' AS product_code, 'HTS10' AS product_level, DATE '2025-07-01' AS period_start,
    1 AS period_months, 'S' AS program_code, CAST(claimed_bn * 1e9 AS BIGINT) AS claimed_import_value_consumption_usd,
    CAST(total_bn * 1e9 AS BIGINT) AS total_import_value_consumption_usd, DATE '2026-06-29' AS known_from,
    DATE '9999-12-31' AS known_to
FROM (VALUES ('1220', 255.4, 380.3), ('2010', 360.6, 530.7)) AS years(partner_code, claimed_bn, total_bn);
INSERT INTO {mart} BY NAME
SELECT * REPLACE (
    DATE '2026-02-01' AS period_start, 600 AS claimed_import_value_consumption_usd,
    1000 AS total_import_value_consumption_usd
) FROM {mart} WHERE partner_code = '1220';

-- A programme of another partner is no part of USMCA's.
INSERT INTO {mart} BY NAME
SELECT * REPLACE ('5800' AS partner_code, 'KR' AS program_code) FROM {mart}
WHERE partner_code = '1220' AND period_start = DATE '2026-02-01';

-- bulk
SELECT
    '1220' AS partner_code, 'replaced' AS product_code, 'HTS10' AS product_level, DATE '2025-01-01' AS period_start,
    1 AS period_months, 'S' AS program_code, 1 AS claimed_import_value_consumption_usd,
    1 AS total_import_value_consumption_usd, DATE '2025-04-01' AS known_from, DATE '2025-05-01' AS known_to
FROM range(202000)

-- trip too_few_rows
CREATE VIEW {mart} AS FROM {good} WHERE product_code <> 'replaced';

-- trip too_many_rows
CREATE VIEW {mart} AS
SELECT t.* FROM {good} AS t CROSS JOIN range(4) AS r(i) WHERE i = 0 OR product_code = 'replaced';

-- trip claim_out_of_bounds
UPDATE {mart} SET claimed_import_value_consumption_usd = 1001
WHERE partner_code = '1220' AND total_import_value_consumption_usd = 1000;

-- trip open_row_not_unique
INSERT INTO {mart} SELECT * REPLACE (DATE '2026-05-01' AS known_from) FROM {mart}
WHERE partner_code = '1220' AND total_import_value_consumption_usd = 1000;

-- trip known_before_period_ended
UPDATE {mart} SET known_from = DATE '2026-02-28'
WHERE partner_code = '1220' AND total_import_value_consumption_usd = 1000;

-- trip total_of_2025: a month is missing
UPDATE {mart} SET
    claimed_import_value_consumption_usd = claimed_import_value_consumption_usd * 0.92,
    total_import_value_consumption_usd = total_import_value_consumption_usd * 0.92
WHERE period_start = DATE '2025-07-01';

-- trip share_of_2025: the claims of rate provision 18
UPDATE {mart} SET claimed_import_value_consumption_usd = claimed_import_value_consumption_usd / 2
WHERE period_start = DATE '2025-07-01';
