-- Trips of the release suite provenance.assumptions: 29 shares and a year.

-- good
INSERT INTO {mart} BY NAME
SELECT
    'A-S232-' || lpad(i::VARCHAR, 2, '0') AS assumption_id, 'A share of goods' AS statement, 0.5 AS value, 0.25 AS low,
    0.75 AS high, 'share of customs value' AS unit, 'A study' AS source, 'assumption' AS evidence,
    'A measure' AS used_in
FROM range(1, 30) AS r(i)
UNION ALL BY NAME
SELECT
    'A-ORD-01' AS assumption_id, 'A year' AS statement, 2024 AS value, 'year' AS unit, 'Trade of the year' AS source,
    'assumption' AS evidence, 'A table' AS used_in;

-- trip too_few_rows
DELETE FROM {mart} WHERE assumption_id > 'A-S232-20';

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(20);

-- trip unsourced
UPDATE {mart} SET source = NULL WHERE assumption_id = 'A-S232-01';

-- trip unsourced: nothing rests on it
UPDATE {mart} SET used_in = '' WHERE assumption_id = 'A-S232-01';

-- trip range_out_of_order
UPDATE {mart} SET value = 0.8 WHERE assumption_id = 'A-S232-01';

-- trip range_out_of_order: low and high are exchanged
UPDATE {mart} SET value = NULL, low = 0.75, high = 0.25 WHERE assumption_id = 'A-S232-01';

-- trip share_out_of_range: percentages as printed
UPDATE {mart} SET low = 25, value = 50, high = 75 WHERE assumption_id = 'A-S232-01';

-- trip number_shape
UPDATE {mart} SET assumption_id = 'A-S232-1' WHERE assumption_id = 'A-S232-01';
