-- Trips of the release suite core.bridge_partner_class: 212 partners in 100 classes.

-- good
INSERT INTO {mart}
SELECT CAST(1000 + i AS VARCHAR), 4 + i % 97 FROM range(1, 211) AS r(i) WHERE i <> 143
UNION ALL VALUES ('1220', 1), ('2010', 2), ('5700', 3);

-- trip too_few_rows
DELETE FROM {mart} WHERE partner_code BETWEEN '1100' AND '1120';

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(2) WHERE partner_class_id > 3;

-- trip partner_unknown
UPDATE {mart} SET partner_code = '0001' WHERE partner_code = '1001';

-- trip partner_unknown: a nought is lost
UPDATE {mart} SET partner_code = '101' WHERE partner_code = '1010';

-- trip known_apart
UPDATE {mart} SET partner_class_id = 1 WHERE partner_code = '5700';

-- trip class_untreated
UPDATE {mart} SET partner_class_id = 101 WHERE partner_code = '1001';
