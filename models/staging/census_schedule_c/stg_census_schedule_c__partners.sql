-- Grain: one row a partner × known interval.

select
    cast(raw.partner_code as string) as partner_code,
    cast(raw.partner_name as string) as partner_name,
    cast(raw.iso2 as string) as iso2,
    cast(raw.known_from as date) as known_from,
    cast(raw.known_to as date) as known_to
from {{ raw_parquet('census_schedule_c', 'partners') }} as raw
