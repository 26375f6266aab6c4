-- Trips of the release suite core.fct_measure_scope: all partners but Canada and some goods for every good measure.

-- good
INSERT INTO {mart} BY NAME
SELECT measure_id, statement_id, citation, valid_from, valid_to, known_from, known_to, codes.*
FROM core.fct_measure
CROSS JOIN (VALUES
    ('partner', 'ALL', false), ('partner', '1220', true), ('product', 'list_a', false), ('product', 'list_b', true)
) AS codes(scope_kind, scope_code, is_excluded);
UPDATE {mart} SET scope_code = 'footnote:9903.88.01' WHERE measure_id = 's301_china_list_1' AND scope_code = 'list_a';
UPDATE {mart} SET scope_code = 'EU27' WHERE measure_id = 's232_autos_jp' AND scope_code = 'ALL';

-- trip too_few_rows
DELETE FROM {mart} WHERE is_excluded;

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(40) WHERE is_excluded;

-- trip scope_missing
DELETE FROM {mart} WHERE measure_id = 'm_1' AND scope_code = 'list_a';

-- trip scope_missing: partners are left out and none is inside
DELETE FROM {mart} WHERE measure_id = 'm_1' AND scope_code = 'ALL';

-- trip list_without_lines
UPDATE {mart} SET scope_code = 'list_c' WHERE measure_id = 'm_1' AND scope_code = 'list_a';

-- trip footnote_without_lines
UPDATE {mart} SET scope_code = 'footnote:9903.88.99' WHERE scope_code = 'footnote:9903.88.01';

-- trip partner_unknown: a group nobody is a member of
UPDATE {mart} SET scope_code = 'EU28' WHERE scope_code = 'EU27';

-- trip partner_unknown: a code of no list
UPDATE {mart} SET scope_code = '0001' WHERE measure_id = 'm_1' AND scope_code = '1220';

-- trip kind_unknown
UPDATE {mart} SET scope_kind = 'goods' WHERE measure_id = 'm_1' AND scope_code = 'list_b';

-- trip kind_unknown: everybody is left out
UPDATE {mart} SET scope_code = 'ALL' WHERE measure_id = 'm_1' AND scope_code = '1220';
