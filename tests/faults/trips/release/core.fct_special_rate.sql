-- Trips of the release suite core.fct_special_rate: ten programmes on each of many lines.

-- good
INSERT INTO {mart} BY NAME
SELECT
    lpad(CAST(i AS VARCHAR), 10, '0') AS hts10,
    program_code,
    0.0 AS special_rate,
    'Free' AS special_text,
    'free' AS special_basis,
    DATE '2025-01-01' AS valid_from,
    DATE '9999-12-31' AS valid_to,
    DATE '2025-01-01' AS known_from,
    DATE '9999-12-31' AS known_to
FROM range(30800) AS r(i)
CROSS JOIN (VALUES ('AU'), ('CL'), ('CO'), ('IL'), ('KR'), ('P'), ('S'), ('SG'), ('D'), ('E')) AS p(program_code);

-- trip too_few_rows
DELETE FROM {mart} WHERE hts10 < '0000010000';

-- trip too_many_rows
INSERT INTO {mart} FROM {mart} WHERE program_code <> 'S';
INSERT INTO {mart} FROM {mart} WHERE program_code = 'AU';

-- trip rate_out_of_range
UPDATE {mart} SET special_rate = 12, special_basis = 'ad_valorem' WHERE hts10 = '0000000001' AND program_code = 'KR';

-- trip code_shape
UPDATE {mart} SET program_code = 'See' WHERE hts10 = '0000000001' AND program_code = 'KR';

-- trip programme_missing
DELETE FROM {mart} WHERE program_code = 'KR';

-- trip free_is_zero
UPDATE {mart} SET special_rate = NULL WHERE hts10 = '0000000001' AND program_code = 'KR';
