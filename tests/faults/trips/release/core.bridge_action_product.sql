-- Trips of the release suite core.bridge_action_product:
-- thirty chapters of one act.

-- good
INSERT INTO {mart} BY NAME
SELECT
    'US-EO-14195' AS action_id, DATE '2025-02-04' AS took_effect_on, 'HS2' AS product_level,
    CAST(30 + i AS VARCHAR) AS product_code, 2024 AS weight_year,
    90 AS exposed_import_value_consumption_usd, 100 AS import_value_consumption_of_hit_partners_usd,
    400 AS import_value_consumption_usd
FROM range(30) AS r(i);

-- trip too_few_rows
DELETE FROM {mart} WHERE product_code > '40';

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(14000);

-- trip act_unknown
UPDATE {mart} SET action_id = 'US-NOBODY' WHERE product_code = '31';

-- trip part_beyond_whole: reached
UPDATE {mart} SET exposed_import_value_consumption_usd = 101 WHERE product_code = '31';

-- trip part_beyond_whole: sold
UPDATE {mart} SET import_value_consumption_of_hit_partners_usd = 401 WHERE product_code = '31';
