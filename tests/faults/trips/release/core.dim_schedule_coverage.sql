-- Trips of the release suite core.dim_schedule_coverage: 60 editions, one a month, the first carried back to 2018.

-- good
INSERT INTO {mart}
SELECT
    CAST(DATE '2018-01-01' + to_months(i) AS DATE) AS valid_from,
    CASE WHEN i = 59 THEN DATE '9999-12-31' ELSE CAST(DATE '2018-01-01' + to_months(i + 1) AS DATE) END AS valid_to,
    'edition_' || i AS revision,
    CASE WHEN i = 0 THEN 'carried_back' ELSE 'in_force' END AS edition_basis,
    'printed' AS footnote_basis
FROM range(60) AS r(i);

-- trip days_covered_once: a hole
UPDATE {mart} SET valid_to = valid_to - 1 WHERE revision = 'edition_7';

-- trip begins_in_2018
UPDATE {mart} SET valid_from = DATE '2018-01-05' WHERE revision = 'edition_0';

-- trip words_known
UPDATE {mart} SET edition_basis = 'guessed' WHERE revision = 'edition_7';

-- trip too_few_intervals
UPDATE {mart} SET valid_to = DATE '9999-12-31' WHERE revision = 'edition_30';
DELETE FROM {mart} WHERE valid_from > (SELECT valid_from FROM {mart} WHERE revision = 'edition_30');
