-- Grain: one row a flow × published group × product × period × known interval.

{{ follow_raw_files() }}

select
    flow,
    group_code,
    product_level,
    product_code,
    period_start,
    period_months,
    import_value_consumption_usd,
    import_value_general_usd,
    dutiable_value_usd,
    calculated_duty_usd,
    import_charges_usd,
    export_value_fas_usd,
    quantity_1,
    quantity_1_unit,
    {{ is_provisional('known_from', 'period_start') }} as is_provisional,
    known_from,
    known_to,
    raw_file
from {{ ref('int_trade__controls') }}
where {{ new_raw_files_only() }}
