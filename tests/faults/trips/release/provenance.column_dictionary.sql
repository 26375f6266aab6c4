-- Trips of the release suite provenance.column_dictionary: the good release's own columns.

-- good
INSERT INTO {mart} BY NAME
SELECT
    table_schema AS schema_name, table_name, column_name, 'A column of this test' AS description,
    'A field' AS source_columns
FROM information_schema.columns
WHERE table_schema IN ('core', 'policy_events', 'trade_impact', 'provenance');

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(9);

-- trip column_undescribed
DELETE FROM {mart} WHERE table_name = 'dim_partner' AND column_name = 'iso3';

-- trip column_not_released
INSERT INTO {mart} SELECT * REPLACE ('iso4' AS column_name) FROM {mart}
WHERE table_name = 'dim_partner' AND column_name = 'iso3';

-- trip table_missing
DELETE FROM {mart} WHERE table_name = 'dim_partner';

-- trip source_columns_missing
UPDATE {mart} SET source_columns = NULL WHERE table_name = 'dim_partner';

-- trip source_columns_missing: the description says nothing
UPDATE {mart} SET description = 'See above' WHERE table_name = 'dim_partner';
