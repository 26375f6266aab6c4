-- Trips of the release suite core.fct_duty_part: half of the sets are divided into steel and the rest.

-- good
INSERT INTO {mart}
SELECT 1 + i, 0, 'other', CASE WHEN i < 500 THEN 0.25 ELSE 1 END FROM range(100000) AS r(i)
UNION ALL SELECT 1 + i, 0, 'other', 0 FROM range(500, 95000) AS r(i);
UPDATE {mart} SET product_class_id = 1 WHERE duty_set_id <= 500;
INSERT INTO {mart} SELECT 1 + i, 1, 'steel', 0.75 FROM range(500) AS r(i);

-- trip too_few_rows
DELETE FROM {mart} WHERE part_share = 0 AND duty_set_id > 80000;

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(19) WHERE part_share = 0;

-- trip parts_not_whole
UPDATE {mart} SET part_share = 0.5 WHERE content = 'steel' AND duty_set_id = 1;

-- trip parts_not_whole: a part is lost
DELETE FROM {mart} WHERE content = 'steel' AND duty_set_id = 1;

-- trip share_out_of_range: the rest is less than nothing
UPDATE {mart} SET part_share = CASE WHEN content = 'steel' THEN 1.5 ELSE -0.5 END WHERE duty_set_id = 1;

-- trip content_unknown
UPDATE {mart} SET content = 'iron' WHERE content = 'steel' AND duty_set_id = 1;

-- trip rate_missing
UPDATE {mart} SET product_class_id = 2 WHERE duty_set_id = 1;
