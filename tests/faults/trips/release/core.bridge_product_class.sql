-- Trips of the release suite core.bridge_product_class: 18,000 lines in 800 classes.

-- good
INSERT INTO {mart} SELECT lpad(i::VARCHAR, 10, '0'), 1 + i % 800 FROM range(18000) AS r(i);

-- trip too_few_rows
DELETE FROM {mart} WHERE hts10 >= '0000017000';

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(2);

-- trip few_classes: lists are lost
UPDATE {mart} SET product_class_id = 1 WHERE product_class_id > 500;

-- trip code_shape
UPDATE {mart} SET hts10 = '00000001' WHERE hts10 = '0000000001';

-- trip code_shape with class_untreated: no class
UPDATE {mart} SET product_class_id = 0 WHERE hts10 = '0000000001';

-- trip class_untreated
UPDATE {mart} SET product_class_id = 801 WHERE hts10 = '0000000001';
