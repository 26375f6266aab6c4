-- Grain: one row a day × partner (or ALL) × day on which something became known that changes its expected rate.

{# What begins to be believed on a day less what ends to be: a margin's change is the sum over its cells. #}

{{ config(materialized='table') }}

with held as (

    select
        partner_code,
        valid_from,
        valid_to,
        known_from,
        known_to,
        sum(duty_usd) as duty_usd
    from {{ ref('int_tariff__believed_duties') }}
    group by partner_code, valid_from, valid_to, known_from, known_to

),

dated as (

    select
        days.first_on,
        held.partner_code,
        held.known_from,
        held.known_to,
        sum(held.duty_usd) as duty_usd
    from held
    inner join {{ ref('int_tariff__belief_days') }} as days
        on held.valid_from <= days.first_on
        and held.valid_to > days.first_on
    group by days.first_on, held.partner_code, held.known_from, held.known_to

),

changes as (

    select
        first_on,
        partner_code,
        known_from as known_on,
        duty_usd as change_usd
    from dated
    where known_from > {{ always() }}
    union all
    select
        first_on,
        partner_code,
        known_to as known_on,
        -duty_usd as change_usd
    from dated
    where known_to < {{ open_end() }}

),

summed as (

    select
        first_on,
        case when grouping(partner_code) = 1 then 'ALL' else partner_code end as partner_code,
        known_on,
        sum(change_usd) as change_usd
    from changes
    group by grouping sets ((first_on, partner_code, known_on), (first_on, known_on))

),

{# The trade whose duty is known, as in the effective rates. #}
totals as (

    select
        case when is_all_partners = 1 then 'ALL' else partner_code end as partner_code,
        sum(value_change_usd) as value_usd
    from {{ ref('int_tariff__weighted_sums') }}
    where weight_year = 2024 and is_all_chapters = 1 and is_all_sectors = 1
    group by case when is_all_partners = 1 then 'ALL' else partner_code end

),

weighed as (

    select
        summed.first_on,
        summed.partner_code,
        summed.known_on,
        100 * cast(summed.change_usd as double) / cast(totals.value_usd as double) as change_pp
    from summed
    inner join totals on summed.partner_code = totals.partner_code

)

select
    first_on,
    partner_code,
    known_on,
    change_pp
from weighed
where abs(change_pp) > 0.000001
