-- Trips of the release suite core.bridge_product_group: a group that lines name, its part, and lists of 300 codes each.

-- good
INSERT INTO {mart} BY NAME
SELECT
    group_code, parent_group_code, 'A group' AS group_name, 'What belongs to it' AS basis, 'HS6' AS product_level,
    '280000' AS product_code, 'schedule_text' AS evidence, 'line' AS named_as, DATE '2022-01-27' AS valid_from,
    DATE '9999-12-31' AS valid_to, 'HTSUS 2800.00' AS citation
FROM (VALUES
    ('critical_minerals', NULL), ('mineral_toys', 'critical_minerals'), ('rare_earths', NULL), ('semiconductors', NULL),
    ('semiconductor_equipment', NULL)
) AS groups(group_code, parent_group_code);
INSERT INTO {mart} BY NAME
SELECT
    group_code, parent_group_code, 'A group' AS group_name, 'What belongs to it' AS basis, 'HTS10' AS product_level,
    '85' || lpad(i::VARCHAR, 8, '0') AS product_code, 'census' AS evidence, DATE '2022-01-27' AS valid_from,
    DATE '9999-12-31' AS valid_to, 'Import concordance' AS citation
FROM (VALUES ('advanced_technology', NULL), ('advanced_technology_1', 'advanced_technology'))
    AS groups(group_code, parent_group_code)
CROSS JOIN range(1, 701) AS r(i);

-- trip too_few_rows
DELETE FROM {mart} WHERE group_code = 'advanced_technology_1';

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(3) WHERE group_code = 'advanced_technology';

-- trip code_shape: as printed
UPDATE {mart} SET product_code = '2800.00.00', product_level = 'HTS10', evidence = 'census'
WHERE group_code = 'rare_earths';

-- trip code_shape: another level
UPDATE {mart} SET product_level = 'HTS8' WHERE group_code = 'rare_earths';

-- trip group_missing
UPDATE {mart} SET group_code = 'rare_earth' WHERE group_code = 'rare_earths';

-- trip part_outside_parent
UPDATE {mart} SET product_code = '290000' WHERE group_code = 'mineral_toys';

-- trip not_in_schedule
UPDATE {mart} SET product_code = '285555' WHERE group_code = 'rare_earths';

-- trip named_otherwise
UPDATE {mart} SET named_as = 'gallium' WHERE group_code = 'rare_earths';
