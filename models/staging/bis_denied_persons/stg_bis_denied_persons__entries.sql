-- Grain: one row a party × denial order × known interval.

select
    cast(raw.entry_key as string) as entry_key,
    cast(raw.entity_name as string) as entity_name,
    cast(raw.effective_on as date) as effective_on,
    cast(raw.expires_on as date) as expires_on,
    cast(raw.is_standard_order as boolean) as is_standard_order,
    cast(raw.addresses as string) as addresses,
    cast(raw.country_code as string) as country_code,
    cast(raw.citation as string) as citation,
    cast(raw.address_country_codes as string) as address_country_codes,
    cast(raw.citation_printed as string) as citation_printed,
    cast(raw.action_printed as string) as action_printed,
    cast(raw.last_update_printed as string) as last_update_printed,
    cast(raw.known_from as date) as known_from,
    cast(raw.known_to as date) as known_to
from {{ raw_parquet('bis_denied_persons', 'entries') }} as raw
