-- Grain: one row a column of a released table.

select
    schema_name,
    table_name,
    column_name,
    unit,
    description,
    source_columns
from {{ ref('int_provenance__column_dictionary') }}
