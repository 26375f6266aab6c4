-- Grain: one row a scenario × treatment × goods key × partners key that some step may reach.

{{ config(materialized='table') }}

{#
    What the law treats alike and the steps of a scenario reach alike. Where no step of a scenario names goods or
    partners, that is a treatment.
#}

with bounds as (

    select
        scenario_id,
        min(valid_from) as first_on,
        min(as_on) as first_law_on,
        max(valid_to) as last_on
    from {{ ref('int_scenario__step_measures') }}
    group by scenario_id

),

touched_sets as (

    select distinct
        measures.scenario_id,
        statements.duty_set_id
    from {{ ref('int_scenario__step_measures') }} as measures
    inner join {{ ref('int_tariff__duty_set_statements') }} as statements
        on measures.measure_id = statements.measure_id

),

touched as (

    select distinct
        touched_sets.scenario_id,
        sets.treatment_id
    from touched_sets
    inner join bounds on touched_sets.scenario_id = bounds.scenario_id
    inner join {{ ref('int_tariff__treatment_duty_sets') }} as sets
        on touched_sets.duty_set_id = sets.duty_set_id
        and least(bounds.first_on, bounds.first_law_on) < sets.valid_to
        and bounds.last_on > sets.valid_from
    where sets.known_to = {{ open_end() }}

),

narrowed as (

    select
        scenario_id,
        max(case when operation = 'add' or names_goods then 1 else 0 end) = 1 as names_goods,
        max(case when operation = 'add' or names_partners then 1 else 0 end) = 1 as names_partners
    from {{ ref('stg_scenario__steps') }}
    group by scenario_id
    having max(case when operation = 'add' or names_goods or names_partners then 1 else 0 end) = 1

),

goods_keys as (

    select distinct
        narrowed.scenario_id,
        classes.product_class_id,
        coalesce(keyed.goods_key, '') as goods_key
    from narrowed
    cross join {{ ref('int_tariff__product_classes') }} as classes
    left join {{ ref('int_scenario__keyed_lines') }} as keyed
        on narrowed.scenario_id = keyed.scenario_id and classes.hts10 = keyed.hts10

),

partner_keys as (

    select distinct
        narrowed.scenario_id,
        classes.partner_class_id,
        coalesce(keyed.partners_key, '') as partners_key
    from narrowed
    cross join {{ ref('int_tariff__partner_classes') }} as classes
    left join {{ ref('int_scenario__keyed_partners') }} as keyed
        on narrowed.scenario_id = keyed.scenario_id and classes.partner_code = keyed.partner_code

),

reached_keys as (

    select
        keys.scenario_id,
        keys.goods_key,
        keys.partners_key,
        max(case when steps.operation = 'add' then 1 else 0 end) as is_added_to
    from (
        select
            goods_keys.scenario_id,
            goods_keys.goods_key,
            partner_keys.partners_key
        from (
            select distinct
                scenario_id,
                goods_key
            from goods_keys
        ) as goods_keys
        inner join (
            select distinct
                scenario_id,
                partners_key
            from partner_keys
        ) as partner_keys
            on goods_keys.scenario_id = partner_keys.scenario_id
    ) as keys
    inner join {{ ref('stg_scenario__steps') }} as steps
        on keys.scenario_id = steps.scenario_id and {{ step_reaches('steps', 'keys') }}
    group by keys.scenario_id, keys.goods_key, keys.partners_key

)

select
    touched.scenario_id,
    touched.treatment_id,
    '' as goods_key,
    '' as partners_key
from touched
left join narrowed on touched.scenario_id = narrowed.scenario_id
where narrowed.scenario_id is null
union all
select distinct
    reached_keys.scenario_id,
    treatments.treatment_id,
    reached_keys.goods_key,
    reached_keys.partners_key
from reached_keys
inner join goods_keys
    on reached_keys.scenario_id = goods_keys.scenario_id and reached_keys.goods_key = goods_keys.goods_key
inner join partner_keys
    on reached_keys.scenario_id = partner_keys.scenario_id and reached_keys.partners_key = partner_keys.partners_key
inner join {{ ref('int_tariff__treatments') }} as treatments
    on goods_keys.product_class_id = treatments.product_class_id
    and partner_keys.partner_class_id = treatments.partner_class_id
left join touched
    on reached_keys.scenario_id = touched.scenario_id and treatments.treatment_id = touched.treatment_id
where reached_keys.is_added_to = 1 or touched.treatment_id is not null
