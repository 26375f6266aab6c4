-- Trips of the landing suite usgs_minerals__products.

-- good
INSERT INTO vintages BY NAME SELECT 141 AS row_count;
INSERT INTO landing BY NAME
SELECT * FROM (VALUES
    ('Bismuth', true, 'Imports', '81061000'),
    ('Bismuth', true, 'Exports', '8106100000'),
    ('Gold', false, 'Imports', '71081210')
) AS products(commodity, is_critical_2025, statistic, hts_code);

-- trip commodity_missing
UPDATE landing SET commodity = NULL WHERE commodity = 'Gold';

-- trip hts_code_missing
UPDATE landing SET hts_code = NULL WHERE commodity = 'Gold';

-- trip statistic_missing
UPDATE landing SET statistic = NULL WHERE commodity = 'Gold';

-- trip key_not_unique
INSERT INTO landing FROM landing WHERE commodity = 'Gold';

-- trip is_critical_2025_missing
UPDATE landing SET is_critical_2025 = NULL WHERE commodity = 'Gold';

-- trip hts_code_misshapen: a leading zero lost
UPDATE landing SET hts_code = '8106100' WHERE hts_code = '81061000';

-- trip chapter_unexpected
UPDATE landing SET hts_code = '01061000' WHERE hts_code = '81061000';

-- trip critical_ambiguous
UPDATE landing SET is_critical_2025 = false WHERE statistic = 'Exports';

-- trip too_few_rows
UPDATE vintages SET row_count = 114;

-- trip too_few_rows: an empty list, of which no row names the vintage
DELETE FROM landing;
UPDATE vintages SET row_count = 0;

-- trip too_many_rows
UPDATE vintages SET row_count = 301;

-- trip shrunk
UPDATE vintages SET previous_row_count = 283;
