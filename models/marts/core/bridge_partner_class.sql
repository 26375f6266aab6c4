-- Grain: one row a partner.

select
    partner_code,
    partner_class_id
from {{ ref('int_tariff__partner_classes') }}
