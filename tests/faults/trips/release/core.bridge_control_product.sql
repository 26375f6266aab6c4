-- Trips of the release suite core.bridge_control_product: ten commodities of each of ten acts, mapped by us but one.

-- good
INSERT INTO {mart} BY NAME
SELECT
    'US-FR-' || i AS action_id, 'whole' AS provision_id, 'Commodity ' || j AS commodity, 'HTS10' AS product_level,
    '28' || lpad((1 + i)::VARCHAR, 8, '0') AS product_code, true AS is_mapped_by_us, j > 5 AS has_other_goods,
    'clause 1' AS citation
FROM range(10) AS r(i) CROSS JOIN range(10) AS s(j);
UPDATE {mart}
SET
    product_level = 'HS6', product_code = '280000', stated_codes = '2800001010; 28000020', is_mapped_by_us = false
WHERE commodity = 'Commodity 0';
INSERT INTO {mart} BY NAME
SELECT
    'US-FR-1' AS action_id, 'whole' AS provision_id, 'Commodity 10' AS commodity, 'HS6' AS product_level,
    '850000' AS product_code, true AS is_mapped_by_us, true AS has_other_goods, 'clause 1' AS citation;
INSERT INTO {mart} BY NAME
SELECT
    'US-FR-2' AS action_id, 'whole' AS provision_id, 'Antimony oxides' AS commodity, 'HS6' AS product_level,
    '282580' AS product_code, '2825800010' AS stated_codes, false AS is_mapped_by_us, true AS has_other_goods,
    'clause 3' AS citation;

-- trip too_few_rows
DELETE FROM {mart} WHERE action_id < 'US-FR-5';

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(5);

-- trip code_shape
UPDATE {mart} SET product_level = 'HTS8' WHERE commodity = 'Commodity 10';

-- trip provision_unknown
UPDATE {mart} SET provision_id = 'third-step' WHERE commodity = 'Commodity 10';

-- trip stated_otherwise: nothing is stated
UPDATE {mart} SET is_mapped_by_us = false WHERE commodity = 'Commodity 10';

-- trip stated_otherwise: other goods
UPDATE {mart} SET stated_codes = '8500001010' WHERE commodity = 'Commodity 0';

-- trip no_such_line
UPDATE {mart} SET product_code = '85555555', product_level = 'HTS8' WHERE commodity = 'Commodity 10';
