-- Trips of the release suite policy_events.list_changes_monthly: what stands on the lists, opened twenty months
-- ago and added to.

-- good
INSERT INTO {mart} BY NAME
SELECT
    CAST(DATE '2026-07-01' - to_months(CAST(19 - i AS INTEGER)) AS DATE) AS month,
    s.list_code,
    s.country_code,
    CASE WHEN i = 19 THEN 2 ELSE 0 END AS added_count,
    0 AS revised_count,
    CASE WHEN i = 19 THEN 2 ELSE 0 END AS removed_count,
    CASE WHEN i = 0 THEN s.entries ELSE 0 END AS opening_count,
    0 AS restated_count,
    s.entries AS listed_count,
    CASE WHEN i = 19 THEN 3 END AS added_heading_count,
    CASE WHEN i = 19 THEN 1 END AS added_party_count
FROM (
    SELECT list_code, ifnull(country_code, 'NONE') AS country_code, count(*) AS entries FROM core.fct_list_entry
    WHERE known_to = DATE '9999-12-31' AND valid_to > DATE '2026-07-31' GROUP BY ALL
) AS s
CROSS JOIN range(20) AS r(i);
INSERT INTO {mart} BY NAME
SELECT
    CAST(DATE '2026-07-01' - to_months(CAST(199 - i AS INTEGER)) AS DATE) AS month,
    'US_OTHER' AS list_code,
    'C' || n AS country_code,
    0 AS added_count, 0 AS revised_count, 0 AS removed_count, 0 AS opening_count, 0 AS restated_count,
    0 AS listed_count
FROM range(200) AS r(i)
CROSS JOIN range(100) AS c(n);

-- trip too_few_rows
DELETE FROM {mart} WHERE list_code = 'US_OTHER' AND country_code >= 'C5';

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* REPLACE (country_code || '/' || n AS country_code)
FROM {mart} AS t CROSS JOIN range(3) AS r(n)
WHERE list_code = 'US_OTHER';

-- trip stock_and_flow with stock_unlike_edition
UPDATE {mart} SET listed_count = listed_count + 1
WHERE list_code = 'US_BIS_EL' AND country_code = 'CN' AND month = DATE '2026-07-01';

-- trip stock_unlike_edition: an addition nobody shows
UPDATE {mart} SET listed_count = listed_count + 1, added_count = added_count + 1, added_heading_count = 4
WHERE list_code = 'US_BIS_EL' AND country_code = 'CN' AND month = DATE '2026-07-01';

-- trip negative
UPDATE {mart} SET added_count = -1, removed_count = -1
WHERE list_code = 'US_OTHER' AND country_code = 'C7' AND month = DATE '2026-07-01';

-- trip month_missing
DELETE FROM {mart} WHERE list_code = 'US_OTHER' AND country_code = 'C7' AND month = DATE '2026-06-01';

-- trip units_incoherent: names
UPDATE {mart} SET added_party_count = 3
WHERE list_code = 'US_BIS_EL' AND country_code = 'CN' AND month = DATE '2026-07-01';

-- trip units_incoherent: headings
UPDATE {mart} SET added_heading_count = 1
WHERE list_code = 'US_BIS_EL' AND country_code = 'CN' AND month = DATE '2026-07-01';
