-- Grain: one row an act × provision × commodity × goods.

select
    action_id,
    provision_id,
    commodity,
    product_level,
    product_code,
    stated_codes,
    is_mapped_by_us,
    has_other_goods,
    citation,
    note
from {{ ref('int_policy__control_products') }}
