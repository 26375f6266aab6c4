-- Grain: one row a ten-digit line × partner with imports in a weight year.

{{ config(materialized='table', meta={'settles': true}) }}

select
    weights.hts10,
    weights.partner_code,
    goods.product_class_id,
    partners.partner_class_id
from (
    select distinct
        hts10,
        partner_code
    from {{ ref('int_tariff__weights') }}
) as weights
inner join {{ ref('int_tariff__product_classes') }} as goods on weights.hts10 = goods.hts10
inner join {{ ref('int_tariff__partner_classes') }} as partners on weights.partner_code = partners.partner_code
