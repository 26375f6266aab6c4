-- Grain: one row a segment × statement that holds in it under the scenario.

{{ config(materialized='table') }}

{#
    What the last step about a measure says of a day is what the scenario has of it (as in law/: the statement made last
    holds). A step takes the statements of its own day of law, or of the day itself, at another rate or at none; a
    measure no step is about keeps what the law has. What a step adds comes beside.
#}

with days_of_law as (

    select distinct
        segments.segment_id,
        segments.treatment_id,
        steps.as_on
    from {{ ref('int_scenario__segments') }} as segments
    inner join {{ ref('stg_scenario__steps') }} as steps
        on segments.scenario_id = steps.scenario_id
        and segments.valid_from >= steps.valid_from
        and segments.valid_to <= steps.valid_to
        and {{ step_reaches('steps', 'segments') }}
    where steps.operation = 'hold'

),

sources as (

    select
        segment_id,
        {{ open_end() }} as as_on,
        law_duty_set_id as duty_set_id
    from {{ ref('int_scenario__segments') }}
    union all
    select
        days_of_law.segment_id,
        days_of_law.as_on,
        sets.duty_set_id
    from days_of_law
    inner join {{ ref('int_tariff__treatment_duty_sets') }} as sets
        on days_of_law.treatment_id = sets.treatment_id
        and days_of_law.as_on >= sets.valid_from
        and days_of_law.as_on < sets.valid_to
    where sets.known_to = {{ open_end() }}

),

candidates as (

    select
        segments.segment_id,
        segments.scenario_id,
        segments.goods_key,
        segments.partners_key,
        segments.valid_from,
        segments.valid_to,
        sources.as_on,
        statements.statement_id,
        statements.measure_id,
        statements.programme,
        statements.rate_component,
        statements.operation,
        statements.measure_rate,
        statements.rate_column,
        statements.claim,
        statements.content,
        statements.reach_share
    from {{ ref('int_scenario__segments') }} as segments
    inner join sources on segments.segment_id = sources.segment_id
    inner join {{ ref('int_tariff__duty_set_statements') }} as statements
        on sources.duty_set_id = statements.duty_set_id

),

said as (

    select
        candidates.*,
        steps.operation as step_operation,
        steps.as_on as step_as_on,
        steps.measure_rate as step_rate,
        steps.rate_factor as step_factor,
        row_number() over (
            partition by candidates.segment_id, candidates.as_on, candidates.statement_id
            order by steps.step_number desc
        ) as place_from_last
    from candidates
    left join {{ ref('int_scenario__step_measures') }} as steps
        on candidates.scenario_id = steps.scenario_id
        and candidates.measure_id = steps.measure_id
        and candidates.valid_from >= steps.valid_from
        and candidates.valid_to <= steps.valid_to
        and {{ step_reaches('steps', 'candidates') }}

)

select
    segment_id,
    as_on,
    statement_id,
    programme,
    rate_component,
    operation,
    case
        when step_rate is not null and measure_rate is not null then step_rate
        when step_factor is not null then measure_rate * step_factor
        else measure_rate
    end as measure_rate,
    rate_column,
    claim,
    content,
    reach_share
from said
where
    place_from_last = 1
    and (
        (step_operation is null and as_on = {{ open_end() }})
        or (step_operation = 'hold' and as_on = step_as_on)
        or (step_operation = 'rescale' and as_on = {{ open_end() }})
    )
union all
select
    segments.segment_id,
    {{ open_end() }} as as_on,
    added.statement_id,
    added.programme,
    added.rate_component,
    added.operation,
    added.measure_rate,
    added.rate_column,
    added.claim,
    added.content,
    added.reach_share
from {{ ref('int_scenario__segments') }} as segments
inner join {{ ref('int_scenario__added_statements') }} as added
    on segments.scenario_id = added.scenario_id
    and segments.valid_from >= added.valid_from
    and segments.valid_to <= added.valid_to
    and {{ step_is_in_keys('added', 'segments') }}
