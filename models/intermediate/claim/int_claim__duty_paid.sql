-- Grain: one row a tariff line × partner with a programme, and what the duty of the measured year tells of claims.

{#
    A good that pays the general rate was not claimed, one that pays the special rate was. Where more was paid than the
    general rate asks, another duty was in it, and where the rate is not a share of value, the duty does not tell: there
    it is the part of the value that paid no duty at all. All of it dutiable under another duty tells nothing.
#}
{{ config(materialized='table') }}

{#- Duty is stated in whole dollars and rates may change within the year. -#}
{%- set tolerance = '1.05' %}

with measured_year as (

    select cast(value as integer) as year_number
    from {{ ref('stg_law__assumptions') }}
    where assumption_id = 'A-PREF-05'

),

flows as (

    select
        trade.product_code as hts10,
        trade.partner_code,
        cast(sum(trade.import_value_consumption_usd) as double) as value_usd,
        cast(sum(trade.dutiable_value_usd) as double) as dutiable_usd,
        cast(sum(trade.calculated_duty_usd) as double) as duty_usd
    from {{ ref('int_trade__flows') }} as trade
    inner join measured_year on extract(year from trade.period_start) = measured_year.year_number
    where
        trade.flow = 'import'
        and trade.product_level = 'HTS10'
        and trade.period_months = 12
        and trade.known_to = {{ open_end() }}
        and trade.import_value_consumption_usd > 0
    group by trade.product_code, trade.partner_code

),

general_rates as (

    select
        duties.hts10,
        max_by(duties.general_rate, duties.valid_from) as general_rate,
        max_by(duties.general_basis, duties.valid_from) as general_basis
    from {{ ref('int_ordinary__duties') }} as duties
    inner join measured_year
        on extract(year from duties.valid_from) <= measured_year.year_number
        and extract(year from duties.valid_to) >= measured_year.year_number
    where duties.known_to = {{ open_end() }}
    group by duties.hts10

),

judged as (

    select
        flows.hts10,
        flows.partner_code,
        flows.value_usd,
        flows.dutiable_usd,
        flows.duty_usd,
        rates.general_rate * flows.value_usd - flows.duty_usd as saved_usd,
        (rates.general_rate - cells.best_special_rate) * flows.value_usd as savable_usd,
        case
            when rates.general_basis <> 'ad_valorem' then 'part_without_duty'
            when flows.duty_usd > {{ tolerance }} * rates.general_rate * flows.value_usd then 'other_duty'
            when cells.best_special_rate < rates.general_rate then 'duty'
            else 'part_without_duty'
        end as told_by
    from flows
    inner join {{ ref('int_claim__open_cells') }} as cells
        on flows.hts10 = cells.hts10
        and flows.partner_code = cells.partner_code
        and cells.in_measured_year
    inner join general_rates as rates
        on flows.hts10 = rates.hts10
        and rates.general_basis <> 'free'

),

shares as (

    select
        hts10,
        partner_code,
        value_usd,
        told_by,
        case
            when told_by = 'duty' then cast(saved_usd as double) / cast(savable_usd as double)
            else cast(value_usd - dutiable_usd as double) / cast(value_usd as double)
        end as claim_share
    from judged
    where told_by <> 'other_duty' or dutiable_usd < value_usd

)

select
    hts10,
    partner_code,
    value_usd,
    case when told_by = 'duty' then 'A-PREF-05' else 'A-PREF-06' end as assumption_id,
    least(greatest(claim_share, 0.0), 1.0) as claim_share
from shares
where claim_share is not null
