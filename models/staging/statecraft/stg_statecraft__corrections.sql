-- Grain: one row a correction × vintage × key × column.

select
    cast(raw.source as string) as source,
    cast(raw.thing as string) as thing,
    cast(raw.vintage_id as string) as vintage_id,
    cast(raw.key as string) as key,
    cast(raw.column_name as string) as column_name,
    cast(raw.published_value as string) as published_value,
    cast(raw.corrected_value as string) as corrected_value,
    cast(raw.reason as string) as reason,
    cast(raw.status as string) as status
from {{ raw_parquet('statecraft', 'corrections') }} as raw
