-- Grain: one row a weight year × day × authority × partner whose effective rate changes.

with duties as (

    select *
    from {{ ref('fct_weighted_duty') }}
    where product_level = 'ALL' and import_value_consumption_usd > 0

),

by_authority as (

    {{ duties_by_authority('duties') }}

),

rates as (

    select
        weight_year,
        valid_from as day,
        authority,
        partner_code,
        cast(100 * duty_usd as double) / import_value_consumption_usd as effective_pp,
        import_value_consumption_usd
    from by_authority

),

steps as (

    select
        weight_year,
        day,
        authority,
        partner_code,
        effective_pp - lag(effective_pp) over (
            partition by weight_year, authority, partner_code order by day
        ) as change_pp,
        import_value_consumption_usd
    from rates

),

acts as (

    select
        changed_on,
        authority,
        min(action_id) as action_id,
        {{ joined_text('action_id', '; ') }} as action_ids
    from {{ ref('fct_measure_step') }}
    group by changed_on, authority
    union all
    select
        changed_on,
        'ALL' as authority,
        min(action_id) as action_id,
        {{ joined_text('action_id', '; ') }} as action_ids
    from {{ ref('fct_measure_step') }}
    group by changed_on

)

select
    steps.weight_year,
    steps.day,
    steps.authority,
    steps.partner_code,
    coalesce(acts.action_id, of_the_day.action_id) as action_id,
    coalesce(acts.action_ids, of_the_day.action_ids) as action_ids,
    steps.change_pp,
    steps.import_value_consumption_usd
from steps
left join acts
    on steps.day = acts.changed_on
    and steps.authority = acts.authority
left join acts as of_the_day
    on steps.day = of_the_day.changed_on
    and of_the_day.authority = 'ALL'
where abs(steps.change_pp) > 0.000001
