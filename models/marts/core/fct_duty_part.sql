-- Grain: one row a duty set × class of goods it divides × part of the value.

select
    duty_set_id,
    product_class_id,
    content,
    part_share
from {{ ref('int_tariff__duty_parts') }}
