-- Grain: one row a text or list.

select
    cast(raw.kind as string) as kind,
    cast(raw.key as string) as key,
    cast(raw.text as string) as text,
    cast(raw.reason as string) as reason
from {{ raw_parquet('law', 'not_computable') }} as raw
