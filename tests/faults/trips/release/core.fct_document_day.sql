-- Trips of the release suite core.fct_document_day: days of the order of 2025-04-02 and a notice.

-- good
INSERT INTO {mart}
SELECT '2025-06063', 'day_on_or_after', DATE '2025-04-05' + i::INTEGER, 1 FROM range(300) AS r(i);
INSERT INTO {mart} VALUES ('2024-01010', 'day_comments_due', DATE '2024-05-01', 1);

-- trip too_few_rows
DELETE FROM {mart} WHERE named_on > DATE '2025-12-01';

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(333);

-- trip document_unknown
UPDATE {mart} SET document_id = 'nowhere' WHERE document_id = '2024-01010';

-- trip kind_unknown
UPDATE {mart} SET day_kind = 'day_off' WHERE document_id = '2024-01010';

-- trip day_out_of_time
UPDATE {mart} SET named_on = DATE '1862-05-01' WHERE document_id = '2024-01010';

-- trip count_out_of_range
UPDATE {mart} SET mentioned_times = 0 WHERE document_id = '2024-01010';
