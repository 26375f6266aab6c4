-- Grain: one row a day × partner (or ALL) × day on which something became known that changes its expected rate.

{# What begins to be believed on a day less what ends to be: a margin's change is the sum over its cells. #}

{{ config(materialized='table') }}

with {{ belief_change_ctes(ref('int_tariff__belief_sums'), ref('int_tariff__belief_days'), 'first_on') }},

{# The trade whose duty is known, as in the effective rates. #}
totals as (

    select
        case when is_all_partners = 1 then 'ALL' else partner_code end as partner_code,
        sum(value_change_usd) as value_usd
    from {{ ref('int_tariff__weighted_sums') }}
    where weight_year = {{ var('weight_year_of_beliefs') }} and is_all_chapters = 1 and is_all_sectors = 1
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
