-- Grain: one row a class of goods × class of partners.

select
    product_class_id,
    partner_class_id,
    treatment_id
from {{ ref('int_tariff__treatments') }}
