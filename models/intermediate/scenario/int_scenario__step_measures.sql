-- Grain: one row a scenario × step × measure it says something of.

{#
    A step names measures one by one, by programme or by authority. What it says holds from valid_from until valid_to;
    as_on is the day whose law it takes (9999-12-31: each day's own).
#}

with measures as (

    select distinct
        measure_id,
        programme,
        authority
    from {{ ref('int_tariff__described_measures') }}

),

named as (

    select distinct
        scopes.scenario_id,
        scopes.step_number,
        measures.measure_id
    from {{ ref('stg_scenario__scopes') }} as scopes
    inner join measures
        on (scopes.scope_kind = 'measure' and scopes.scope_code = measures.measure_id)
        or (scopes.scope_kind = 'programme' and scopes.scope_code = measures.programme)
        or (scopes.scope_kind = 'authority' and scopes.scope_code = measures.authority)
    where not scopes.is_excluded

),

left_out as (

    select distinct
        scenario_id,
        step_number,
        scope_code as measure_id
    from {{ ref('stg_scenario__scopes') }}
    where scope_kind = 'measure' and is_excluded

)

select
    named.scenario_id,
    named.step_number,
    named.measure_id,
    steps.operation,
    steps.names_goods,
    steps.names_partners,
    steps.valid_from,
    steps.valid_to,
    steps.as_on,
    steps.measure_rate,
    steps.rate_factor
from named
inner join {{ ref('stg_scenario__steps') }} as steps
    on named.scenario_id = steps.scenario_id and named.step_number = steps.step_number
left join left_out
    on named.scenario_id = left_out.scenario_id
    and named.step_number = left_out.step_number
    and named.measure_id = left_out.measure_id
where left_out.measure_id is null
