-- Grain: one row a month × sector × known interval.

select
    cast(raw.period_start as date) as period_start,
    cast(raw.naics3 as string) as naics3,
    cast(raw.import_value_consumption_usd as bigint) as import_value_consumption_usd,
    cast(raw.calculated_duty_usd as bigint) as calculated_duty_usd,
    cast(raw.known_from as date) as known_from,
    cast(raw.known_to as date) as known_to
from {{ raw_parquet('usitc_dataweb', 'totals') }} as raw
