-- Trips of the release suite core.bridge_treatment: 800 classes of goods by 100 of partners, in ten treatments.

-- good
INSERT INTO {mart} SELECT g.i, p.i, 1 + g.i % 10 FROM range(1, 801) AS g(i) CROSS JOIN range(1, 101) AS p(i);

-- trip too_few_rows with pairs_missing
DELETE FROM {mart} WHERE product_class_id > 700;

-- trip too_many_rows with pairs_missing
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(9);

-- trip pairs_missing
DELETE FROM {mart} WHERE product_class_id = 1 AND partner_class_id = 1;

-- trip pairs_missing: one stands twice instead of another
UPDATE {mart} SET partner_class_id = 2 WHERE product_class_id = 1 AND partner_class_id = 1;

-- trip class_unknown
UPDATE {mart} SET product_class_id = 801 WHERE product_class_id = 1 AND partner_class_id = 1;

-- trip treatment_unknown
UPDATE {mart} SET treatment_id = 11 WHERE product_class_id = 1 AND partner_class_id = 1;
