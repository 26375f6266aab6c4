-- Grain: one row a provision, act or authority × weight year × margin (all, partner, chapter or NAICS sector).

select
    action_id,
    provision_id,
    authority,
    weight_year,
    partner_code,
    product_level,
    product_code,
    exposed_import_value_consumption_usd,
    marginal_import_value_consumption_usd,
    import_value_consumption_usd
from {{ ref('int_policy__exposure_margins') }}
