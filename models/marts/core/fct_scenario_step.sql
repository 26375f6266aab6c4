-- Grain: one row a scenario × step.

select
    scenario_id,
    step_number,
    operation,
    measures,
    added_like,
    partners,
    products,
    law_on,
    measure_rate,
    rate_factor,
    why,
    valid_from,
    valid_to
from {{ ref('int_scenario__described_steps') }}
