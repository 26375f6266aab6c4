-- Trips of the release suite core.dim_list_month: lists of different age.

-- good
INSERT INTO {mart} BY NAME
SELECT
    list_code,
    CAST(DATE '2026-07-01' - to_months(CAST(i AS INTEGER)) AS DATE) AS month,
    DATE '2026-07-31' AS last_edition_on
FROM (VALUES ('US_BIS_EL', 350), ('US_BIS_DPL', 700), ('US_OFAC_SDN', 600), ('US_ISN', 400)) AS w(list_code, months)
CROSS JOIN range(700) AS r(i)
WHERE i < months;

-- trip too_few_rows
DELETE FROM {mart} WHERE list_code = 'US_BIS_DPL';

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* REPLACE (list_code || n AS list_code) FROM {mart} AS t CROSS JOIN range(2) AS r(n);

-- trip not_a_month
UPDATE {mart} SET month = DATE '2026-06-02' WHERE list_code = 'US_ISN' AND month = DATE '2026-06-01';

-- trip month_missing
DELETE FROM {mart} WHERE list_code = 'US_ISN' AND month = DATE '2026-06-01';

-- trip after_the_last_edition
UPDATE {mart} SET last_edition_on = DATE '2026-06-30' WHERE list_code = 'US_ISN' AND month = DATE '2026-07-01';
