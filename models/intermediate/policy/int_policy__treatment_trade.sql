-- Grain: one row a treatment × partner × six-digit heading × NAICS sector (or none) × weight year.

{{ config(materialized='table') }}

{# Imports of goods and partners that the same measures reach in the same way, for every margin they are added up to. #}

select
    treatments.treatment_id,
    weights.partner_code,
    substr(weights.hts10, 1, 6) as hs6,
    substr(weights.hts10, 1, 2) as chapter,
    sectors.naics3,
    weights.weight_year,
    sum(weights.import_value_consumption_usd) as import_value_consumption_usd
from {{ ref('int_tariff__weights') }} as weights
inner join {{ ref('int_tariff__weighted_cells') }} as cells
    on weights.hts10 = cells.hts10
    and weights.partner_code = cells.partner_code
inner join {{ ref('int_tariff__treatments') }} as treatments
    on cells.product_class_id = treatments.product_class_id
    and cells.partner_class_id = treatments.partner_class_id
left join {{ ref('int_product__sectors') }} as sectors on weights.hts10 = sectors.hts10
group by
    treatments.treatment_id,
    weights.partner_code,
    substr(weights.hts10, 1, 6),
    substr(weights.hts10, 1, 2),
    sectors.naics3,
    weights.weight_year
