-- Grain: one row a column of a released table.

select
    schema_name,
    table_name,
    column_name,
    nullif(unit, '') as unit,
    description,
    nullif(source_columns, '') as source_columns
from {{ ref('stg_statecraft__columns') }}
