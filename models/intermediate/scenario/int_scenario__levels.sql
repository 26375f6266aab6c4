-- Grain: one row a scenario × partner (ALL: the world) × interval between two changes of its duty.

{{ config(materialized='table') }}

{# From the first day of a scenario's steps on. Running sums of decimals, as in int_tariff__weighted_levels. #}

{%- set ordered = 'partition by scenario_id, partner_code order by changed_on' %}

with changes as (

    select
        scenario_id,
        partner_code,
        valid_from as changed_on,
        duty_usd,
        exposed_usd
    from {{ ref('int_scenario__differences') }}
    union all
    select
        scenario_id,
        partner_code,
        valid_to as changed_on,
        -duty_usd as duty_usd,
        -exposed_usd as exposed_usd
    from {{ ref('int_scenario__differences') }}
    where valid_to < {{ open_end() }}

),

margins as (

    select
        scenario_id,
        partner_code,
        changed_on,
        sum(duty_usd) as duty_usd,
        sum(exposed_usd) as exposed_usd
    from changes
    group by scenario_id, partner_code, changed_on
    union all
    select
        scenario_id,
        'ALL' as partner_code,
        changed_on,
        sum(duty_usd) as duty_usd,
        sum(exposed_usd) as exposed_usd
    from changes
    group by scenario_id, changed_on

),

law as (

    select
        weight_year,
        partner_code,
        valid_from,
        valid_to,
        import_value_consumption_usd,
        {% for part in ['base'] + components().split() -%}
        {{ part }}_duty_usd{% if not loop.last %} + {% endif %}
        {%- endfor %} as duty_usd
    from {{ ref('int_tariff__weighted_levels') }}
    where product_level = 'ALL' and weight_year = {{ var('weight_year_of_beliefs') }}

),

starts as (

    select
        scenario_id,
        min(valid_from) as first_on
    from {{ ref('stg_scenario__steps') }}
    group by scenario_id

),

cuts as (

    select
        margins.scenario_id,
        margins.partner_code,
        margins.changed_on,
        margins.duty_usd,
        margins.exposed_usd
    from margins
    union all
    select
        starts.scenario_id,
        law.partner_code,
        greatest(starts.first_on, law.valid_from) as changed_on,
        cast(0 as decimal(28, 4)) as duty_usd,
        cast(0 as decimal(28, 4)) as exposed_usd
    from starts
    inner join law on starts.first_on < law.valid_to

),

days as (

    select
        scenario_id,
        partner_code,
        changed_on,
        sum(duty_usd) as duty_usd,
        sum(exposed_usd) as exposed_usd
    from cuts
    group by scenario_id, partner_code, changed_on

),

levels as (

    select
        scenario_id,
        partner_code,
        changed_on as valid_from,
        lead(changed_on, 1, {{ open_end() }}) over ({{ ordered }}) as valid_to,
        sum(duty_usd) over ({{ ordered }} rows between unbounded preceding and current row) as duty_usd,
        sum(exposed_usd) over ({{ ordered }} rows between unbounded preceding and current row) as exposed_usd
    from days

)

select
    levels.scenario_id,
    law.weight_year,
    levels.partner_code,
    levels.valid_from,
    levels.valid_to,
    law.duty_usd as law_duty_usd,
    cast(levels.duty_usd as double) as duty_difference_usd,
    cast(round(levels.exposed_usd, 0) as bigint) as exposed_import_value_consumption_usd,
    law.import_value_consumption_usd
from levels
inner join law
    on levels.partner_code = law.partner_code
    and levels.valid_from >= law.valid_from
    and levels.valid_from < law.valid_to
