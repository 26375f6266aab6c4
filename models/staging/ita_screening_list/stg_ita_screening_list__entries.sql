-- Grain: one row a list entry × known interval.

select
    cast(raw.list_code as string) as list_code,
    cast(raw.entry_key as string) as entry_key,
    cast(raw.country_code as string) as country_code,
    cast(raw.entity_name as string) as entity_name,
    cast(raw.aliases as string) as aliases,
    cast(raw.programs as string) as programs,
    cast(raw.licence_requirement as string) as licence_requirement,
    cast(raw.licence_policy as string) as licence_policy,
    cast(raw.citation as string) as citation,
    cast(raw.first_citation_on as date) as first_citation_on,
    cast(raw.licence_requirement_printed as string) as licence_requirement_printed,
    cast(raw.licence_policy_printed as string) as licence_policy_printed,
    cast(raw.citation_printed as string) as citation_printed,
    cast(raw.effective_printed as string) as effective_printed,
    cast(raw.remarks_printed as string) as remarks_printed,
    cast(raw.addresses_printed as string) as addresses_printed,
    cast(raw.address_country_codes as string) as address_country_codes,
    cast(raw.known_from as date) as known_from,
    cast(raw.known_to as date) as known_to
from {{ raw_parquet('ita_screening_list', 'entries') }} as raw
