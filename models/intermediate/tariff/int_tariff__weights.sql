-- Grain: one row a year × ten-digit line × partner with imports for consumption, as last stated.

select
    cast(year(period_start) as integer) as weight_year,
    product_code as hts10,
    partner_code,
    cast(import_value_consumption_usd as double) as import_value_consumption_usd
from {{ ref('int_trade__flows') }}
where
    flow = 'import'
    and product_level = 'HTS10'
    and period_months = 12
    and known_to = {{ open_end() }}
    and import_value_consumption_usd > 0
