-- Grain: one row a list × stated key × entry × known interval.

select
    cast(raw.list_code as string) as list_code,
    cast(raw.stated_key as string) as stated_key,
    cast(raw.entry_key as string) as entry_key,
    cast(raw.country_code as string) as country_code,
    cast(raw.method as string) as method,
    cast(raw.score as double) as score,
    cast(raw.evidence as string) as evidence,
    cast(raw.decided_by as string) as decided_by,
    cast(raw.known_from as date) as known_from,
    cast(raw.known_to as date) as known_to
from {{ raw_parquet('list_identity', 'keys') }} as raw
