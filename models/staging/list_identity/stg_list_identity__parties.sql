-- Grain: one row a list × entry.

select
    cast(raw.list_code as string) as list_code,
    cast(raw.entry_key as string) as entry_key,
    cast(raw.party_key as string) as party_key
from {{ raw_parquet('list_identity', 'parties') }} as raw
