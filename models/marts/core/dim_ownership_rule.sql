-- Grain: one row a rule × list whose parties count.

select
    rule_code,
    list_code,
    threshold_share,
    is_of_law,
    citation
from {{ ref('int_ownership__rules') }}
