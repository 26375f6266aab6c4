-- Grain: one row a class of goods × metal in it (NULL where no share of metal is assumed).

{{ config(materialized='table', meta={'settles': true}) }}

select distinct
    classes.product_class_id,
    shares.content,
    shares.content_share
from {{ ref('int_tariff__product_classes') }} as classes
left join {{ ref('int_tariff__content_shares') }} as shares on classes.hts10 = shares.hts10
