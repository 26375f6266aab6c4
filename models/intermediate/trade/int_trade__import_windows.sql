-- Grain: one row a product level × range of days of effect × comparison (or its placebo, a year earlier).

{#
    Which months of imports are set against which, for an act that took effect within [effect_from, effect_to). Years of
    ten-digit lines: the year against the year before, for acts of its first half. Months: twelve from the month of
    effect on, as far as they are held, against the twelve before it. Months are counted from year 0.
#}

with effect_months as (

    select distinct
        {{ first_of_month('took_effect_on') }} as effect_from,
        year(took_effect_on) * 12 + month(took_effect_on) - 1 as effect_index
    from {{ ref('int_policy__action_products') }}

),

held_months as (

    select
        product_level,
        min(year(period_start) * 12 + month(period_start) - 1) as first_index,
        max(year(period_start) * 12 + month(period_start) - 1) as last_index
    from {{ ref('int_trade__flows') }}
    where flow = 'import' and period_months = 1 and product_level in ('HS2', 'NAICS3') and known_to = {{ open_end() }}
    group by product_level

),

held_years as (

    select distinct year(period_start) as held_year
    from {{ ref('int_trade__flows') }}
    where flow = 'import' and period_months = 12 and product_level = 'HTS10' and known_to = {{ open_end() }}

),

shifts as (

    select
        false as is_placebo,
        0 as shift_months
    union all
    select
        true as is_placebo,
        12 as shift_months

),

monthly as (

    select
        held.product_level,
        effects.effect_from,
        {{ next_month('effects.effect_from') }} as effect_to,
        shifts.is_placebo,
        effects.effect_index - shifts.shift_months - 12 as base_from_index,
        effects.effect_index - shifts.shift_months as base_to_index,
        effects.effect_index - shifts.shift_months as period_from_index,
        case
            when held.last_index - effects.effect_index < 11 then held.last_index - shifts.shift_months + 1
            else effects.effect_index - shifts.shift_months + 12
        end as period_to_index,
        held.first_index
    from effect_months as effects
    cross join held_months as held
    cross join shifts
    where held.last_index - effects.effect_index + 1 >= {{ var('least_months_compared') }}

),

yearly as (

    select
        'HS6' as product_level,
        {{ month_start('years.held_year * 12') }} as effect_from,
        {{ month_start('years.held_year * 12 + 6') }} as effect_to,
        shifts.is_placebo,
        (years.held_year - 1) * 12 - shifts.shift_months as base_from_index,
        years.held_year * 12 - shifts.shift_months as base_to_index,
        years.held_year * 12 - shifts.shift_months as period_from_index,
        (years.held_year + 1) * 12 - shifts.shift_months as period_to_index,
        first_year.held_year * 12 as first_index
    from held_years as years
    cross join (select min(held_year) as held_year from held_years) as first_year
    cross join shifts

)

select
    product_level,
    effect_from,
    effect_to,
    is_placebo,
    base_from_index,
    base_to_index,
    period_from_index,
    period_to_index
from monthly
where base_from_index >= first_index
union all
select
    product_level,
    effect_from,
    effect_to,
    is_placebo,
    base_from_index,
    base_to_index,
    period_from_index,
    period_to_index
from yearly
where base_from_index >= first_index
