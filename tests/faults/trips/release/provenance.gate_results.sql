-- Trips of the release suite provenance.gate_results: fifteen rules for each source of source_vintages.

-- good
INSERT INTO {mart} BY NAME
SELECT 'landing' AS gate, table_name, 'rule_' || i AS rule, true AS passed, '0' AS observed, 'no rows' AS bound
FROM (VALUES
    ('bis_denied_persons__entries'), ('ofac_sdn__entries'),
    ('bis_entity_list__entries'), ('census_exports__flows'), ('census_import_concordance__products'),
    ('census_imports__flows'), ('census_schedule_c__partners'), ('iso_countries__countries'),
    ('usgs_minerals__products'), ('usitc_hts__lines'), ('toys__list')
) AS tables(table_name) CROSS JOIN range(15) AS r(i);

-- trip too_few_rows
DELETE FROM {mart} WHERE rule > 'rule_2';

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(2);

-- trip gate_missing
DELETE FROM {mart} WHERE table_name = 'toys__list';

-- trip table_unknown
INSERT INTO {mart} BY NAME SELECT 'landing' AS gate, 'toys__other' AS table_name, 'a_rule' AS rule, true AS passed;

-- trip gate_unknown
INSERT INTO {mart} BY NAME SELECT 'back door' AS gate, 'toys__list' AS table_name, 'a_rule' AS rule, true AS passed;

-- trip many_rules_failed
UPDATE {mart} SET passed = false WHERE rule IN ('rule_1', 'rule_2');
