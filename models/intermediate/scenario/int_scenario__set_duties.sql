-- Grain: one row a duty set of the law × duty set of scenarios × class of goods × ordinary duty they meet.

{{ config(materialized='table') }}

{# Totals without and with a claim, by the one arithmetic of a cell (worked_cells). #}

with ordinary as (

    select distinct
        ordinary_id,
        general_rate,
        special_rate,
        column2_rate,
        pays_column2
    from {{ ref('int_scenario__ordinary_cells') }}

),

pairs as (

    select
        row_number() over (
            order by
                law_duty_set_id asc,
                scenario_duty_set_id asc,
                product_class_id asc,
                ordinary_id asc
        ) as pair_id,
        law_duty_set_id,
        scenario_duty_set_id,
        product_class_id,
        ordinary_id
    from (
        select distinct
            law_duty_set_id,
            scenario_duty_set_id,
            product_class_id,
            ordinary_id
        from {{ ref('int_scenario__weighted_groups') }}
    ) as met_together

),

met as (

    select
        pair_id,
        false as is_scenario,
        law_duty_set_id as duty_set_id,
        product_class_id,
        ordinary_id
    from pairs
    union all
    select
        pair_id,
        true as is_scenario,
        scenario_duty_set_id as duty_set_id,
        product_class_id,
        ordinary_id
    from pairs

),

rates as (

    select
        false as is_scenario,
        duty_set_id,
        product_class_id,
        {{ duty_columns().split() | join(',\n        ') }}
    from {{ ref('int_tariff__duty_rates') }}
    union all
    select
        true as is_scenario,
        duty_set_id,
        product_class_id,
        {{ duty_columns().split() | join(',\n        ') }}
    from {{ ref('int_scenario__set_rates') }}

),

cells as (

    select
        met.pair_id,
        met.is_scenario,
        ordinary.general_rate,
        ordinary.special_rate,
        ordinary.column2_rate,
        ordinary.pays_column2,
        cast(null as double) as claim_share,
        {%- for column in duty_columns().split() %}
        rates.{{ column }}{% if not loop.last %},{% endif %}
        {%- endfor %}
    from met
    inner join ordinary on met.ordinary_id = ordinary.ordinary_id
    inner join rates
        on met.is_scenario = rates.is_scenario
        and met.duty_set_id = rates.duty_set_id
        and (rates.product_class_id = 0 or met.product_class_id = rates.product_class_id)

),

{{ worked_cells(['pair_id', 'is_scenario']) }},

totals as (

    select
        pair_id,
        max(case when not is_scenario then {{ total_rate('charged_rate', 'unclaimed') }} end) as law_unclaimed_rate,
        max(case when not is_scenario then {{ total_rate('charged_claimed_rate', 'claimed') }} end) as law_claimed_rate,
        max(case when is_scenario then {{ total_rate('charged_rate', 'unclaimed') }} end) as scenario_unclaimed_rate,
        max(case when is_scenario then {{ total_rate('charged_claimed_rate', 'claimed') }} end) as scenario_claimed_rate
    from worked
    group by pair_id

)

select
    pairs.law_duty_set_id,
    pairs.scenario_duty_set_id,
    pairs.product_class_id,
    pairs.ordinary_id,
    totals.law_unclaimed_rate,
    totals.law_claimed_rate,
    totals.scenario_unclaimed_rate,
    totals.scenario_claimed_rate
from pairs
inner join totals on pairs.pair_id = totals.pair_id
