-- Grain: one row a ten-digit line.

select
    hts10,
    product_class_id
from {{ ref('int_tariff__product_classes') }}
