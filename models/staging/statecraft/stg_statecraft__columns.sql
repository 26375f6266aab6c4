-- Grain: one row a column of a released table.

select
    cast(raw.schema_name as string) as schema_name,
    cast(raw.table_name as string) as table_name,
    cast(raw.column_name as string) as column_name,
    cast(raw.unit as string) as unit,
    cast(raw.description as string) as description,
    cast(raw.source_columns as string) as source_columns
from {{ raw_parquet('statecraft', 'columns') }} as raw
