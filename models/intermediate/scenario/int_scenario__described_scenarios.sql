-- Grain: one row a scenario.

select
    scenarios.scenario_id,
    scenarios.title,
    scenarios.question,
    scenarios.kind,
    scenarios.author,
    scenarios.source,
    scenarios.is_in_fan,
    count(*) as step_count,
    min(steps.valid_from) as valid_from,
    max(steps.valid_to) as valid_to
from {{ ref('stg_scenario__scenarios') }} as scenarios
inner join {{ ref('stg_scenario__steps') }} as steps on scenarios.scenario_id = steps.scenario_id
group by
    scenarios.scenario_id,
    scenarios.title,
    scenarios.question,
    scenarios.kind,
    scenarios.author,
    scenarios.source,
    scenarios.is_in_fan
