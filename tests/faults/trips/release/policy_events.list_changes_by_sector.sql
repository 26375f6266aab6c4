-- Trips of the release suite policy_events.list_changes_by_sector: all additions of the log, in one sector and
-- others.

-- good
INSERT INTO {mart} BY NAME
SELECT list_code, 2024 AS calendar_year, 'none of the words' AS sector_name, count(*) AS added_count
FROM core.fct_list_change WHERE change_type = 'add' GROUP BY ALL;
INSERT INTO {mart} BY NAME
SELECT 'US_BIS_EL' AS list_code, 1990 + i % 30 AS calendar_year, 'sector ' || (i // 30) AS sector_name,
    1 AS added_count
FROM range(450) AS r(i);

-- trip too_few_rows
DELETE FROM {mart} WHERE sector_name > 'sector 1';

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* REPLACE (sector_name || n AS sector_name) FROM {mart} AS t CROSS JOIN range(2) AS r(n);

-- trip less_than_the_log
UPDATE {mart} SET added_count = 1 WHERE sector_name = 'none of the words' AND list_code = 'US_OFAC_SDN';

-- trip year_out_of_time
UPDATE {mart} SET calendar_year = 1969 WHERE sector_name = 'sector 1' AND calendar_year = 1990;
