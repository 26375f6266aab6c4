-- Grain: one row a stacking rule × known interval.

select
    rule_id,
    applies_to_programme,
    yields_to_programme,
    value_share,
    condition,
    action_id,
    citation,
    valid_from,
    valid_to,
    known_from,
    known_to
from {{ ref('int_tariff__stacking_rules') }}
