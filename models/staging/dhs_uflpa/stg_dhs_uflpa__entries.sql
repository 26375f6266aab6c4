-- Grain: one row a list entry × known interval.

select
    cast(raw.entry_key as string) as entry_key,
    cast(raw.list_code as string) as list_code,
    cast(raw.sublist_code as string) as sublist_code,
    cast(raw.country_code as string) as country_code,
    cast(raw.entity_name as string) as entity_name,
    cast(raw.aliases as string) as aliases,
    cast(raw.scope_note as string) as scope_note,
    cast(raw.effective_on as date) as effective_on,
    cast(raw.name_printed as string) as name_printed,
    cast(raw.page_updated_printed as string) as page_updated_printed,
    cast(raw.former_names as string) as former_names,
    cast(raw.aliases_announced as integer) as aliases_announced,
    cast(raw.known_from as date) as known_from,
    cast(raw.known_to as date) as known_to
from {{ raw_parquet('dhs_uflpa', 'entries') }} as raw
