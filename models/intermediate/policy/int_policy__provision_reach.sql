-- Grain: one row an act × provision × treatment its measures ever reach, as known now × component of the duty.

{{ config(materialized='table') }}

{#
    A measure is a series of statements: where the act itself made some of them, those count, else all of the series.
    Where nothing of a provision holds as known now and it took effect all the same (it was restated before it bit, or
    struck down), what the act itself wrote counts, as it was believed. What a tightening provision that adds a duty
    exempts from it is no exposure of it.
    `took_effect_on` is the first day the provision stood in force, NULL where it never did.
#}

with held as (

    select
        statement_id,
        statement_number,
        max(case when known_to = {{ open_end() }} then 1 else 0 end) as is_held_now
    from {{ ref('int_tariff__measures') }}
    group by statement_id, statement_number

),

statements as (

    select
        carried.action_id,
        carried.provision_id,
        held.statement_number,
        held.is_held_now,
        stated.operation,
        stated.rate_component,
        stated.action_id = carried.action_id as is_own,
        max(case when stated.action_id = carried.action_id then 1 else 0 end) over (
            partition by carried.action_id, carried.provision_id, carried.measure_id
        ) as has_own,
        max(case when stated.operation <> 'exempt' then 1 else 0 end) over (
            partition by carried.action_id, carried.provision_id
        ) as has_duty
    from {{ ref('int_policy__provision_measures') }} as carried
    inner join {{ ref('stg_law__statements') }} as stated on carried.measure_id = stated.measure_id
    inner join held on stated.statement_id = held.statement_id
    where stated.operation <> 'end'

),

counted as (

    select
        statements.action_id,
        statements.provision_id,
        statements.statement_number,
        statements.rate_component,
        statements.is_held_now,
        max(statements.is_held_now) over (
            partition by statements.action_id, statements.provision_id
        ) as is_provision_held_now
    from statements
    inner join {{ ref('int_policy__provisions') }} as provisions
        on statements.action_id = provisions.action_id
        and statements.provision_id = provisions.provision_id
    where
        (statements.is_own or statements.has_own = 0)
        and not (provisions.direction = 'tighten' and statements.has_duty = 1 and statements.operation = 'exempt')

),

reached as (

    select distinct
        counted.action_id,
        counted.provision_id,
        counted.rate_component,
        counted.is_provision_held_now,
        reach.treatment_id
    from counted
    inner join {{ ref('int_tariff__treatment_statements') }} as reach
        on counted.statement_number = reach.statement_number
    where
        not reach.is_excluded
        and counted.is_held_now = counted.is_provision_held_now
        and (counted.is_provision_held_now = 0 or reach.known_to = {{ open_end() }})

),

in_force as (

    select
        action_id,
        provision_id,
        min(valid_from) as took_effect_on
    from {{ ref('int_policy__statuses') }}
    where status = 'in_force' and known_to = {{ open_end() }}
    group by action_id, provision_id

)

select
    reached.action_id,
    reached.provision_id,
    reached.treatment_id,
    reached.rate_component,
    acts.authority,
    provisions.direction,
    provisions.direction = acts.direction as is_with_act,
    in_force.took_effect_on
from reached
inner join {{ ref('int_policy__acts') }} as acts on reached.action_id = acts.action_id
inner join {{ ref('int_policy__provisions') }} as provisions
    on reached.action_id = provisions.action_id
    and reached.provision_id = provisions.provision_id
left join in_force
    on reached.action_id = in_force.action_id
    and reached.provision_id = in_force.provision_id
where reached.is_provision_held_now = 1 or in_force.took_effect_on is not null
