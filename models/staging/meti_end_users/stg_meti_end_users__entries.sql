-- Grain: one row a list entry × known interval.

select
    cast(raw.entry_key as string) as entry_key,
    cast(raw.list_code as string) as list_code,
    cast(raw.country_code as string) as country_code,
    cast(raw.country_heading as string) as country_heading,
    cast(raw.entity_name as string) as entity_name,
    cast(raw.aliases as string) as aliases,
    cast(raw.concerns as string) as concerns,
    cast(raw.list_url as string) as list_url,
    cast(raw.number_printed as string) as number_printed,
    cast(raw.reason_printed as string) as reason_printed,
    cast(raw.known_from as date) as known_from,
    cast(raw.known_to as date) as known_to
from {{ raw_parquet('meti_end_users', 'entries') }} as raw
