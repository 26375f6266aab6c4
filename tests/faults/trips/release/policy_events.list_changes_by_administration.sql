-- Trips of the release suite policy_events.list_changes_by_administration: the log by a made-up country for each
-- change.

-- good
INSERT INTO {mart} BY NAME
SELECT
    list_code, 'Biden' AS administration, 'C' || (change_id % 100) AS country_code,
    count(*) AS added_count, 0 AS revised_count, 0 AS removed_count
FROM (
    SELECT list_code, row_number() OVER (PARTITION BY list_code ORDER BY entry_key, change_number) AS change_id
    FROM core.fct_list_change WHERE list_code LIKE 'US_%'
)
GROUP BY ALL;

-- trip too_few_rows with adds_up
DELETE FROM {mart} WHERE country_code > 'C1';

-- trip too_many_rows
INSERT INTO {mart}
SELECT t.* REPLACE (0 AS added_count, country_code || n AS country_code) FROM {mart} AS t CROSS JOIN range(2) AS r(n);

-- trip adds_up
UPDATE {mart} SET added_count = added_count + 1 WHERE list_code = 'US_BIS_EL' AND country_code = 'C7';

-- trip administration_unknown
UPDATE {mart} SET administration = NULL WHERE list_code = 'US_BIS_EL' AND country_code = 'C7';
