-- Grain: one row a list entry × known interval.

select
    cast(raw.list_code as string) as list_code,
    cast(raw.entry_key as string) as entry_key,
    cast(raw.country_code as string) as country_code,
    cast(raw.entity_name as string) as entity_name,
    cast(raw.aliases as string) as aliases,
    cast(raw.addresses as string) as addresses,
    cast(raw.announced_on as date) as announced_on,
    cast(raw.announcement_url as string) as announcement_url,
    cast(raw.name_printed as string) as name_printed,
    cast(raw.number_printed as string) as number_printed,
    cast(raw.reason_printed as string) as reason_printed,
    cast(raw.known_from as date) as known_from,
    cast(raw.known_to as date) as known_to
from {{ raw_parquet('mofcom_lists', 'entries') }} as raw
