-- Grain: one row a programme × partner × product × month × known interval.

select
    cast(raw.product_level as string) as product_level,
    cast(raw.partner_code as string) as partner_code,
    cast(raw.period_start as date) as period_start,
    cast(raw.period_months as integer) as period_months,
    cast(raw.product_code as string) as product_code,
    cast(raw.program_code as string) as program_code,
    cast(raw.claimed_import_value_consumption_usd as bigint) as claimed_import_value_consumption_usd,
    cast(raw.total_import_value_consumption_usd as bigint) as total_import_value_consumption_usd,
    cast(raw.known_from as date) as known_from,
    cast(raw.known_to as date) as known_to
from {{ raw_parquet('census_imports', 'claims') }} as raw
