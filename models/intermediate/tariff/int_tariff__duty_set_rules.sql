-- Grain: one row a duty set × stacking rule between two programmes in it.

select distinct
    sets.duty_set_id,
    stacking.rule_id,
    stacking.applies_to_programme,
    stacking.yields_to_programme,
    stacking.value_share
from {{ ref('int_tariff__statement_sets') }} as sets
inner join {{ ref('int_tariff__duty_set_statements') }} as mine on sets.duty_set_id = mine.duty_set_id
inner join {{ ref('int_tariff__duty_set_statements') }} as other on sets.duty_set_id = other.duty_set_id
inner join {{ ref('stg_law__stacking') }} as stacking
    on mine.programme = stacking.applies_to_programme
    and other.programme = stacking.yields_to_programme
    and sets.valid_from >= stacking.valid_from
    and sets.valid_from < stacking.valid_to
    and sets.known_from >= stacking.known_from
    and sets.known_from < stacking.known_to
where sets.is_example
