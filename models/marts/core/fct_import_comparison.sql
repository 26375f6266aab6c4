-- Grain: one row a comparison of import months × product × partner.

select
    product_level,
    product_code,
    partner_code,
    is_placebo,
    effect_from,
    effect_to,
    base_period,
    base_months,
    period_start,
    period_months,
    base_value_usd,
    actual_value_usd,
    world_base_value_usd,
    world_actual_value_usd
from {{ ref('int_trade__import_comparisons') }}
