-- Grain: one row a country × known interval.

select
    cast(raw.iso2 as string) as iso2,
    cast(raw.iso3 as string) as iso3,
    cast(raw.country_name as string) as country_name,
    cast(raw.known_from as date) as known_from,
    cast(raw.known_to as date) as known_to
from {{ raw_parquet('iso_countries', 'countries') }} as raw
