-- Grain: one row a tightening act that touches much trade × product it reaches.

select
    action_id,
    took_effect_on,
    product_level,
    product_code,
    weight_year,
    exposed_import_value_consumption_usd,
    import_value_consumption_of_hit_partners_usd,
    import_value_consumption_usd
from {{ ref('int_policy__action_products') }}
