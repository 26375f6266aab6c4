-- Trips of the release suite core.dim_schedule_edition: an edition a month, with the lines of fct_schedule_line.

-- good
INSERT INTO {mart} BY NAME
SELECT
    revision,
    released_on,
    'day' AS released_precision,
    lag(revision) OVER (ORDER BY released_on) AS previous_revision,
    CASE WHEN i = 0 THEN 54000 WHEN i < 9 THEN 30001 ELSE 30002 END AS line_count
FROM (
    SELECT
        i,
        CAST(DATE '2019-01-01' + to_months(CAST(i AS INTEGER)) AS DATE) AS released_on,
        CASE i
            WHEN 1 THEN '2019_rev_1' WHEN 5 THEN '2019_rev_7' WHEN 9 THEN '2019_rev_15' WHEN 17 THEN '2020_rev_10'
            WHEN 40 THEN '2025_rev_4' ELSE 'edition_' || i
        END AS revision
    FROM range(50) AS r(i)
) AS editions;

-- trip too_few_rows
DELETE FROM {mart} WHERE revision IN ('edition_47', 'edition_48', 'edition_49');

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* REPLACE (revision || '_' || i AS revision, released_on + i AS released_on)
FROM {mart} AS t CROSS JOIN (SELECT CAST(i AS INTEGER) AS i FROM range(1, 3) AS r(i)) AS days
WHERE revision <> 'edition_0';

-- trip edition_size with lines_unlike_edition
UPDATE {mart} SET line_count = 24999 WHERE revision = 'edition_49';

-- trip lines_unlike_edition
UPDATE {mart} SET line_count = 30003 WHERE revision = 'edition_49';

-- trip previous_unknown: none is named
UPDATE {mart} SET previous_revision = NULL WHERE revision = 'edition_49';

-- trip previous_unknown: one that is not held
UPDATE {mart} SET previous_revision = 'edition_99' WHERE revision = 'edition_49';
