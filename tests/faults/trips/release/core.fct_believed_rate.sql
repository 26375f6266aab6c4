-- Trips of the release suite core.fct_believed_rate: what was expected of two days in 2025; many days of one partner.

-- good
INSERT INTO {mart} VALUES
    (DATE '2025-02-01', DATE '2025-03-03', 'ALL', 0.104), (DATE '2025-03-03', DATE '2025-03-03', 'ALL', 0.040),
    (DATE '2025-04-01', DATE '2025-05-01', 'ALL', 0.083), (DATE '2025-05-01', DATE '2025-05-01', 'ALL', 0.225),
    (DATE '2025-05-01', DATE '2025-05-31', 'ALL', 0.223), (DATE '2025-05-31', DATE '2025-05-31', 'ALL', 0.126);
INSERT INTO {mart}
SELECT DATE '1900-01-01' + CAST(i AS INTEGER), DATE '1900-01-01' + CAST(i AS INTEGER), '5700', 0.1
FROM range(62000) AS r(i);

-- trip too_few_rows
DELETE FROM {mart} WHERE partner_code = '5700' AND valid_on > DATE '2050-01-01';

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(5);

-- trip rate_out_of_range
UPDATE {mart} SET effective_rate = -0.01 WHERE partner_code = '5700' AND valid_on = DATE '2020-01-01';

-- trip rate_out_of_range: it is missing
UPDATE {mart} SET effective_rate = NULL WHERE partner_code = '5700' AND valid_on = DATE '2020-01-01';

-- trip days_out_of_step
INSERT INTO {mart} VALUES (DATE '2020-01-01', DATE '2020-02-01', '5700', 0.1);

-- trip days_out_of_step: in the middle of a month
INSERT INTO {mart} VALUES (DATE '2020-01-02', DATE '2020-02-01', '5700', 0.1);

-- trip without_the_day_itself
DELETE FROM {mart} WHERE partner_code = 'ALL' AND believed_on = DATE '2025-03-03';

-- trip known_surprises
UPDATE {mart} SET effective_rate = 0.225 WHERE partner_code = 'ALL' AND believed_on = DATE '2025-04-01';

-- trip partner_unknown
UPDATE {mart} SET partner_code = '9999' WHERE partner_code = '5700';
