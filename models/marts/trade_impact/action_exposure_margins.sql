-- Grain: one row a provision, act or authority × weight year × partner, chapter, NAICS sector or all.

select
    action_id,
    provision_id,
    authority,
    weight_year,
    partner_code,
    product_level,
    product_code,
    exposed_import_value_consumption_usd,
    {{ ratio('exposed_import_value_consumption_usd', 'import_value_consumption_usd') }} as exposed_share,
    marginal_import_value_consumption_usd,
    {{ ratio('marginal_import_value_consumption_usd', 'import_value_consumption_usd') }} as marginal_share,
    import_value_consumption_usd
from {{ ref('fct_exposure_margin') }}
