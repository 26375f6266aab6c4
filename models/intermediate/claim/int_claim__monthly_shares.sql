-- Grain: one row a tariff line × partner of USMCA × interval.

{#
    Measured in the months recorded; carried through months without imports and past the last; before the first, what
    the duty of the measured year tells, or the first months recorded.
#}
{{ config(materialized='table') }}
{%- set few_months = 3 %}

with months as (

    select
        partner_code,
        hts10,
        period_start,
        cast(total_usd as double) as total_usd,
        cast(claimed_usd as double) as claimed_usd,
        {{ next_month('period_start') }} as month_end,
        lead(period_start) over (partition by partner_code, hts10 order by period_start) as next_start,
        row_number() over (partition by partner_code, hts10 order by period_start) as place
    from {{ ref('int_claim__recorded_months') }}

),

distinct_months as (

    select distinct
        period_start,
        month_end
    from months

),

calendar as (

    select
        period_start,
        month_end,
        row_number() over (order by period_start desc) as place_from_last
    from distinct_months

),

horizon as (

    select
        max(month_end) as horizon_end,
        min(period_start) as mean_from
    from calendar
    where place_from_last <= {{ few_months }}

),

cells as (

    select
        months.partner_code,
        months.hts10,
        min(months.period_start) as first_start,
        sum(case when months.place <= {{ few_months }} then months.claimed_usd end) as first_claimed_usd,
        sum(case when months.place <= {{ few_months }} then months.total_usd end) as first_total_usd,
        sum(
            case when months.period_start >= horizon.mean_from or months.next_start is null then months.claimed_usd end
        ) as last_claimed_usd,
        sum(
            case when months.period_start >= horizon.mean_from or months.next_start is null then months.total_usd end
        ) as last_total_usd
    from months
    cross join horizon
    group by months.partner_code, months.hts10

),

intervals as (

    select
        partner_code,
        hts10,
        cast(claimed_usd as double) / cast(total_usd as double) as claim_share,
        'measured' as claim_basis,
        'A-PREF-01' as assumption_id,
        period_start as valid_from,
        month_end as valid_to
    from months
    union all
    select
        months.partner_code,
        months.hts10,
        cast(months.claimed_usd as double) / cast(months.total_usd as double) as claim_share,
        'carried' as claim_basis,
        'A-PREF-02' as assumption_id,
        months.month_end as valid_from,
        coalesce(months.next_start, horizon.horizon_end) as valid_to
    from months
    cross join horizon
    where months.month_end < coalesce(months.next_start, horizon.horizon_end)
    union all
    select
        cells.partner_code,
        cells.hts10,
        cast(cells.last_claimed_usd as double) / cast(cells.last_total_usd as double) as claim_share,
        'carried' as claim_basis,
        'A-PREF-03' as assumption_id,
        horizon.horizon_end as valid_from,
        {{ open_end() }} as valid_to
    from cells
    cross join horizon
    union all
    select
        cells.partner_code,
        cells.hts10,
        coalesce(
            paid.claim_share, cast(cells.first_claimed_usd as double) / cast(cells.first_total_usd as double)
        ) as claim_share,
        'imputed' as claim_basis,
        coalesce(paid.assumption_id, 'A-PREF-04') as assumption_id,
        {{ always() }} as valid_from,
        cells.first_start as valid_to
    from cells
    left join {{ ref('int_claim__duty_paid') }} as paid
        on cells.partner_code = paid.partner_code
        and cells.hts10 = paid.hts10

)

select
    hts10,
    partner_code,
    claim_share,
    claim_basis,
    assumption_id,
    valid_from,
    valid_to
from intervals
