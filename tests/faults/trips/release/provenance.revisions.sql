-- Trips of the release suite provenance.revisions: four days, whose revisions add up to the rates in the trips of
-- trade_impact.effective_tariff_steps, and 45,000 revisions of one partner.

-- good
INSERT INTO {mart}
SELECT day, 'ALL', known_on - 1, known_on, change_pp, cause
FROM (VALUES
    (DATE '2025-05-01', DATE '2018-06-15', 1.25, 'rate'), (DATE '2025-05-01', DATE '2025-02-01', 5.0, 'rate'),
    (DATE '2025-05-01', DATE '2025-04-02', 12.0, 'rate; scope'), (DATE '2025-08-01', DATE '2018-06-15', 1.25, 'rate'),
    (DATE '2025-08-01', DATE '2025-04-02', 15.0, 'rate'), (DATE '2025-08-01', DATE '2025-05-12', -6.5, 'date; share'),
    (DATE '2025-03-01', DATE '2018-06-15', 1.25, 'rate'), (DATE '2025-03-01', DATE '2025-02-01', 6.0, 'rate'),
    (DATE '2025-03-01', DATE '2025-02-03', -4.7, 'date'), (DATE '2026-04-01', DATE '2018-06-15', 1.25, 'rate'),
    (DATE '2026-04-01', DATE '2025-04-02', 13.0, 'rate'), (DATE '2026-04-01', DATE '2026-02-20', -7.6, 'date; rate')
) AS revisions(day, known_on, change_pp, cause);
INSERT INTO {mart}
VALUES (DATE '2025-05-01', '5700', DATE '2025-01-01', DATE '2025-01-02', 0.5, 'scope');

-- bulk
SELECT
    DATE '2025-05-01' AS day, '5700' AS partner_code, DATE '2025-01-01' AS previous_known_on,
    DATE '2025-01-02' AS known_on, 0.5 AS change_pp, 'scope' AS cause
FROM range(46000)

-- trip too_few_rows
CREATE VIEW {mart} AS FROM {good} WHERE partner_code = 'ALL';

-- trip too_many_rows
CREATE VIEW {mart} AS SELECT t.* FROM {good} AS t CROSS JOIN range(5) AS r(i) WHERE i = 0 OR partner_code = '5700';

-- trip known_revisions: Geneva is known too late
UPDATE {mart} SET known_on = DATE '2025-05-14' WHERE known_on = DATE '2025-05-12';

-- trip cause_unknown
UPDATE {mart} SET cause = NULL WHERE partner_code = '5700';

-- trip cause_unknown: another word
UPDATE {mart} SET cause = 'rate; whim' WHERE partner_code = '5700';

-- trip knowledge_out_of_order
UPDATE {mart} SET previous_known_on = known_on WHERE partner_code = '5700';

-- trip day_out_of_bounds
UPDATE {mart} SET day = DATE '2025-05-02' WHERE partner_code = '5700';

-- trip change_too_small
UPDATE {mart} SET change_pp = 0.0000001 WHERE partner_code = '5700';

-- trip revisions_unlike_rates: counted twice
INSERT INTO {mart} FROM {mart} WHERE partner_code = 'ALL' AND known_on = DATE '2018-06-15';

-- trip partner_unknown
UPDATE {mart} SET partner_code = '9999' WHERE partner_code = '5700';
