-- Grain: one row a partner × product × period × known interval.

select
    cast(raw.product_level as string) as product_level,
    cast(raw.partner_code as string) as partner_code,
    cast(raw.period_start as date) as period_start,
    cast(raw.period_months as integer) as period_months,
    cast(raw.product_code as string) as product_code,
    cast(raw.export_value_fas_usd as bigint) as export_value_fas_usd,
    cast(raw.quantity_1 as bigint) as quantity_1,
    cast(raw.quantity_1_unit as string) as quantity_1_unit,
    cast(raw.known_from as date) as known_from,
    cast(raw.known_to as date) as known_to,
    cast(raw.raw_file as string) as raw_file
from {{ raw_parquet('census_exports', 'flows') }} as raw
