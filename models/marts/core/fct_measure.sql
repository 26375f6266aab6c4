-- Grain: one row a statement of a tariff measure × valid interval × known interval.

select
    measure_id,
    statement_id,
    authority,
    programme,
    rate_component,
    heading,
    operation,
    measure_rate,
    specific_duty_usd,
    specific_unit,
    value_base,
    rate_column,
    claim,
    content,
    reach_share,
    share_assumption,
    action_id,
    citation,
    note,
    valid_from,
    valid_to,
    in_schedule_from,
    in_schedule_to,
    known_from,
    known_to
from {{ ref('int_tariff__described_measures') }}
