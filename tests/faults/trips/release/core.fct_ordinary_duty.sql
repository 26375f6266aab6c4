-- Trips of the release suite core.fct_ordinary_duty: lines that stand, and four whose duty anybody knows.

-- good
INSERT INTO {mart} BY NAME
SELECT
    '01' || lpad(CAST(i AS VARCHAR), 8, '0') AS hts10,
    CASE WHEN i % 3 = 0 THEN 0.0 ELSE 0.05 END AS general_rate,
    CASE WHEN i % 3 = 0 THEN 'Free' ELSE '5%' END AS general_text,
    CASE WHEN i % 3 = 0 THEN 'free' ELSE 'ad_valorem' END AS general_basis,
    0.35 AS column2_rate,
    '35%' AS column2_text,
    'ad_valorem' AS column2_basis,
    DATE '2025-01-01' AS valid_from,
    DATE '9999-12-31' AS valid_to,
    DATE '2025-01-01' AS known_from,
    DATE '9999-12-31' AS known_to
FROM range(24000) AS r(i)
UNION ALL BY NAME
SELECT
    hts10,
    rate AS general_rate,
    'as printed' AS general_text,
    'ad_valorem' AS general_basis,
    0.45 AS column2_rate,
    '45%' AS column2_text,
    'ad_valorem' AS column2_basis,
    DATE '2025-01-01' AS valid_from,
    DATE '9999-12-31' AS valid_to,
    DATE '2025-01-01' AS known_from,
    DATE '9999-12-31' AS known_to
FROM (
    VALUES ('0406902500', 0.085), ('8703230190', 0.025), ('6109100012', 0.165), ('7326908688', 0.029)
) AS known_duties(hts10, rate);

-- trip too_few_rows
DELETE FROM {mart} WHERE hts10 < '0100005000';

-- trip too_many_rows
INSERT INTO {mart} FROM {mart} WHERE hts10 < '02';
INSERT INTO {mart} FROM {mart} WHERE hts10 < '0100010000';

-- trip rate_out_of_range: per cent for a fraction
UPDATE {mart} SET general_rate = 35 WHERE hts10 = '0100000001';

-- trip rate_out_of_range: column 2
UPDATE {mart} SET column2_rate = -0.1 WHERE hts10 = '0100000001';

-- trip free_is_zero: an equivalent of zero
UPDATE {mart} SET general_rate = 0, general_basis = 'equivalent_hs6' WHERE hts10 = '0100000001';

-- trip free_is_zero: a free line without its zero
UPDATE {mart} SET column2_rate = NULL, column2_basis = 'free' WHERE hts10 = '0100000001';

-- trip not_computed
UPDATE {mart} SET general_rate = NULL, general_basis = 'not_computable' WHERE hts10 < '0100002000';

-- trip known_duties
UPDATE {mart} SET general_rate = 0.25 WHERE hts10 = '7326908688';

-- trip column2_lower
UPDATE {mart} SET general_rate = 0.4 WHERE hts10 < '0100002000' AND general_basis = 'ad_valorem';
