-- Grain: one row a group of goods × code.

select
    group_code,
    parent_group_code,
    group_name,
    basis,
    commodity,
    product_level,
    product_code,
    evidence,
    named_as,
    valid_from,
    valid_to,
    citation
from {{ ref('int_product__group_codes') }}
