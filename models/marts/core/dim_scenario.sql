-- Grain: one row a scenario.

select
    scenario_id,
    title,
    question,
    kind,
    author,
    source,
    is_in_fan,
    cast(step_count as bigint) as step_count,
    valid_from,
    valid_to
from {{ ref('int_scenario__described_scenarios') }}
