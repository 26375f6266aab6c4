-- Grain: one row a stacking rule × known interval.

select
    rule_id,
    cast(dense_rank() over (order by rule_id) as integer) as rule_number,
    applies_to_programme,
    yields_to_programme,
    value_share,
    valid_from,
    valid_to,
    known_from,
    known_to
from {{ ref('stg_law__stacking') }}
