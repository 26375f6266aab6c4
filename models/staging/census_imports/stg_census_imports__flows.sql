-- Grain: one row a partner × product × period × known interval.

select
    cast(raw.product_level as string) as product_level,
    cast(raw.partner_code as string) as partner_code,
    cast(raw.period_start as date) as period_start,
    cast(raw.period_months as integer) as period_months,
    cast(raw.product_code as string) as product_code,
    cast(raw.import_value_consumption_usd as bigint) as import_value_consumption_usd,
    cast(raw.import_value_general_usd as bigint) as import_value_general_usd,
    cast(raw.dutiable_value_usd as bigint) as dutiable_value_usd,
    cast(raw.calculated_duty_usd as bigint) as calculated_duty_usd,
    cast(raw.import_charges_usd as bigint) as import_charges_usd,
    cast(raw.quantity_1 as bigint) as quantity_1,
    cast(raw.quantity_1_unit as string) as quantity_1_unit,
    cast(raw.known_from as date) as known_from,
    cast(raw.known_to as date) as known_to,
    cast(raw.raw_file as string) as raw_file
from {{ raw_parquet('census_imports', 'flows') }} as raw
