-- Grain: one row a reporter × flow × product × edition × partner × period × known interval.

select
    cast(raw.reporter_code as string) as reporter_code,
    cast(raw.flow as string) as flow,
    cast(raw.product_level as string) as product_level,
    cast(raw.product_code as string) as product_code,
    cast(raw.hs_edition as string) as hs_edition,
    cast(raw.counterpart_code as string) as counterpart_code,
    cast(raw.period_start as date) as period_start,
    cast(raw.period_months as integer) as period_months,
    cast(raw.cif_value_usd as double) as cif_value_usd,
    cast(raw.fob_value_usd as double) as fob_value_usd,
    cast(raw.net_weight_kg as double) as net_weight_kg,
    cast(raw.is_net_weight_estimated as boolean) as is_net_weight_estimated,
    cast(raw.quantity as double) as quantity,
    cast(raw.quantity_unit as string) as quantity_unit,
    cast(raw.is_quantity_estimated as boolean) as is_quantity_estimated,
    cast(raw.is_reported as boolean) as is_reported,
    cast(raw.known_from as date) as known_from,
    cast(raw.known_to as date) as known_to,
    cast(raw.raw_file as string) as raw_file
from {{ raw_parquet('un_comtrade', 'flows') }} as raw
