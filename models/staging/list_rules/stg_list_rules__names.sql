-- Grain: one row a name.

select
    cast(raw.entity_name as string) as entity_name,
    cast(raw.name_core as string) as name_core
from {{ raw_parquet('list_rules', 'names') }} as raw
