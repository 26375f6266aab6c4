-- Grain: one row an owner × owned × first day × source × known interval.

select
    cast(raw.owner_id as string) as owner_id,
    cast(raw.owned_id as string) as owned_id,
    cast(raw.share as double) as share,
    cast(raw.valid_from as date) as valid_from,
    cast(raw.valid_to as date) as valid_to,
    cast(raw.source as string) as source,
    cast(raw.owner_name as string) as owner_name,
    cast(raw.owned_name as string) as owned_name,
    cast(raw.owner_country_code as string) as owner_country_code,
    cast(raw.owned_country_code as string) as owned_country_code,
    cast(raw.owner_lei as string) as owner_lei,
    cast(raw.owned_lei as string) as owned_lei,
    cast(raw.owner_entry_key as string) as owner_entry_key,
    cast(raw.owned_entry_key as string) as owned_entry_key,
    cast(raw.known_from as date) as known_from,
    cast(raw.known_to as date) as known_to
from {{ raw_parquet('ownership_edges', 'edges') }} as raw
