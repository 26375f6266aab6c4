-- Grain: one row a year × known interval.

select
    cast(raw.period_start as date) as period_start,
    cast(raw.period_months as integer) as period_months,
    cast(raw.customs_duties_usd as bigint) as customs_duties_usd,
    cast(raw.known_from as date) as known_from,
    cast(raw.known_to as date) as known_to
from {{ raw_parquet('bea_customs_duties', 'duties') }} as raw
