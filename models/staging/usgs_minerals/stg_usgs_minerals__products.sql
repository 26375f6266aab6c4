-- Grain: one row a commodity × statistic × tariff code × known interval.

select
    cast(raw.commodity as string) as commodity,
    cast(raw.is_critical_2025 as boolean) as is_critical_2025,
    cast(raw.statistic as string) as statistic,
    cast(raw.hts_code as string) as hts_code,
    cast(raw.known_from as date) as known_from,
    cast(raw.known_to as date) as known_to
from {{ raw_parquet('usgs_minerals', 'products') }} as raw
