-- Trips of the release suite core.fct_claim_share: a measured line of Canada with what is around it, an imputed one of
-- another partner, and a million shares of which only the number matters.

-- good
INSERT INTO {mart} BY NAME
SELECT
    hts10, partner_code, claim_share, claim_basis, assumption_id, valid_from, valid_to
FROM (VALUES
    ('8471300100', '1220', 0.5, 'imputed', 'A-PREF-05', DATE '1900-01-01', DATE '2026-01-01'),
    ('8471300100', '1220', 0.6, 'measured', 'A-PREF-01', DATE '2026-01-01', DATE '2026-02-01'),
    ('8471300100', '1220', 0.6, 'carried', 'A-PREF-02', DATE '2026-02-01', DATE '9999-12-31'),
    ('8471300100', '5800', 1.0, 'imputed', 'A-PREF-07', DATE '1900-01-01', DATE '9999-12-31')
) AS shares(hts10, partner_code, claim_share, claim_basis, assumption_id, valid_from, valid_to);

-- bulk
SELECT
    CAST(1000000000 + i AS VARCHAR) AS hts10, '7910' AS partner_code, 0.5 AS claim_share, 'imputed' AS claim_basis,
    'A-PREF-08' AS assumption_id, DATE '1900-01-01' AS valid_from, DATE '9999-12-31' AS valid_to
FROM range(990000) AS r(i)

-- trip too_few_rows
CREATE VIEW {mart} AS FROM {good} WHERE partner_code <> '7910';

-- trip too_many_rows
CREATE VIEW {mart} AS
SELECT t.* REPLACE (CAST(7000 + i AS VARCHAR) AS partner_code) FROM {good} AS t CROSS JOIN range(3) AS r(i)
WHERE partner_code = '7910'
UNION ALL BY NAME
FROM {good} WHERE partner_code <> '7910';

-- trip share_out_of_bounds
UPDATE {mart} SET claim_share = 1.2 WHERE partner_code = '5800';

-- trip intervals_overlap
UPDATE {mart} SET valid_to = DATE '2026-01-02' WHERE claim_basis = 'imputed' AND partner_code = '1220';

-- trip assumption_unknown
UPDATE {mart} SET assumption_id = 'guessed' WHERE partner_code = '5800';

-- trip measured_outside_usmca
UPDATE {mart} SET claim_basis = 'carried' WHERE partner_code = '5800';

-- trip measured_longer_than_a_month
UPDATE {mart} SET claim_basis = 'measured' WHERE claim_basis = 'imputed' AND partner_code = '1220';

-- trip basis_missing: no claims are held
DELETE FROM {mart} WHERE claim_basis = 'measured';
