-- Grain: one row a scenarios' duty set × stacking rule between two programmes in it.

select distinct
    sets.duty_set_id,
    stacking.rule_id,
    stacking.applies_to_programme,
    stacking.yields_to_programme,
    stacking.value_share
from {{ ref('int_scenario__segment_sets') }} as sets
inner join {{ ref('int_scenario__segments') }} as segments on sets.segment_id = segments.segment_id
inner join {{ ref('int_scenario__set_statements') }} as mine on sets.duty_set_id = mine.duty_set_id
inner join {{ ref('int_scenario__set_statements') }} as other on sets.duty_set_id = other.duty_set_id
inner join {{ ref('int_tariff__stacking_rules') }} as stacking
    on mine.programme = stacking.applies_to_programme
    and other.programme = stacking.yields_to_programme
    and segments.valid_from >= stacking.valid_from
    and segments.valid_from < stacking.valid_to
where sets.is_example and stacking.known_to = {{ open_end() }}
