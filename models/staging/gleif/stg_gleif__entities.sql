-- Grain: one row a legal entity × known interval.

select
    cast(raw.lei as string) as lei,
    cast(raw.legal_name as string) as legal_name,
    cast(raw.other_names as string) as other_names,
    cast(raw.country_code as string) as country_code,
    cast(raw.headquarters_country_code as string) as headquarters_country_code,
    cast(raw.entity_category as string) as entity_category,
    cast(raw.entity_status as string) as entity_status,
    cast(raw.registration_status as string) as registration_status,
    cast(raw.updated_on as date) as updated_on,
    cast(raw.known_from as date) as known_from,
    cast(raw.known_to as date) as known_to
from {{ raw_parquet('gleif', 'entities') }} as raw
