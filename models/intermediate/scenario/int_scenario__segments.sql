-- Grain: one row a scenario × treatment × goods key × partners key × interval with one duty set of the law.

{{ config(materialized='table') }}

{# The time of the steps that reach a group, cut where a step, its law or a stacking rule begins or ends. #}

with steps as (

    select
        groups.scenario_id,
        groups.treatment_id,
        groups.goods_key,
        groups.partners_key,
        steps.valid_from,
        steps.valid_to
    from {{ ref('int_scenario__groups') }} as groups
    inner join {{ ref('stg_scenario__steps') }} as steps
        on groups.scenario_id = steps.scenario_id
        and {{ step_reaches('steps', 'groups') }}

),

bounds as (

    select
        scenario_id,
        treatment_id,
        goods_key,
        partners_key,
        min(valid_from) as first_on,
        max(valid_to) as last_on
    from steps
    group by scenario_id, treatment_id, goods_key, partners_key

),

rule_days as (

    select valid_from as cut_on
    from {{ ref('int_tariff__stacking_rules') }}
    union
    select valid_to as cut_on
    from {{ ref('int_tariff__stacking_rules') }}

),

cuts as (

    select
        scenario_id,
        treatment_id,
        goods_key,
        partners_key,
        valid_from as cut_on
    from steps
    union
    select
        scenario_id,
        treatment_id,
        goods_key,
        partners_key,
        valid_to as cut_on
    from steps
    union
    select
        bounds.scenario_id,
        bounds.treatment_id,
        bounds.goods_key,
        bounds.partners_key,
        sets.valid_from as cut_on
    from bounds
    inner join {{ ref('int_tariff__treatment_duty_sets') }} as sets
        on bounds.treatment_id = sets.treatment_id
        and bounds.first_on < sets.valid_from
        and bounds.last_on > sets.valid_from
    where sets.known_to = {{ open_end() }}
    union
    select
        bounds.scenario_id,
        bounds.treatment_id,
        bounds.goods_key,
        bounds.partners_key,
        rule_days.cut_on
    from bounds
    inner join rule_days on bounds.first_on < rule_days.cut_on and bounds.last_on > rule_days.cut_on

),

pieces as (

    select
        scenario_id,
        treatment_id,
        goods_key,
        partners_key,
        cut_on as valid_from,
        lead(cut_on) over (
            partition by scenario_id, treatment_id, goods_key, partners_key order by cut_on
        ) as valid_to
    from cuts

),

held as (

    select distinct
        pieces.scenario_id,
        pieces.treatment_id,
        pieces.goods_key,
        pieces.partners_key,
        pieces.valid_from,
        pieces.valid_to
    from pieces
    inner join steps
        on pieces.scenario_id = steps.scenario_id
        and pieces.treatment_id = steps.treatment_id
        and pieces.goods_key = steps.goods_key
        and pieces.partners_key = steps.partners_key
        and pieces.valid_from >= steps.valid_from
        and pieces.valid_to <= steps.valid_to

)

select
    cast(row_number() over (
        order by
            held.scenario_id asc,
            held.treatment_id asc,
            held.goods_key asc,
            held.partners_key asc,
            held.valid_from asc
    ) as integer) as segment_id,
    held.scenario_id,
    held.treatment_id,
    held.goods_key,
    held.partners_key,
    sets.duty_set_id as law_duty_set_id,
    held.valid_from,
    held.valid_to
from held
inner join {{ ref('int_tariff__treatment_duty_sets') }} as sets
    on held.treatment_id = sets.treatment_id
    and held.valid_from >= sets.valid_from
    and held.valid_from < sets.valid_to
where sets.known_to = {{ open_end() }}
