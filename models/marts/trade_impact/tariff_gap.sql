-- Grain: one row a period (month or year) × partner (or 'ALL') × step from the statutory rate to what was collected.

{{ config(materialized='table') }}

{#
    Rates become decimals before they are taken from each other, so that steps add up to the level they lead to without
    a remainder. Months are weighed by sector and partner, years by ten-digit line where their own weights are held.
    What a period cannot tell has no row, and the residual says that it holds it: docs/methods/tariff_gap.md.
#}
{%- set keys = ['weight_year', 'partner_code'] %}
{%- set amounts = ['import_value_consumption_usd', 'expected_duty_usd', 'unclaimed_duty_usd'] %}
{%- set steps = [
    ('statutory', true, 'unclaimed_rate', none, 'fixed_grain'),
    ('usmca_claims', false, 'usmca_rate', 'unclaimed_rate', 'fixed_grain'),
    ('other_claims', false, 'other_rate', 'unclaimed_rate + usmca_or_nothing', 'fixed_grain'),
    ('expected', true, 'expected_rate', none, 'fixed_grain'),
    ('timing', false, 'timing_rate', 'expected_rate', 'fixed_grain'),
    ('diversion', false, 'diversion_rate', 'expected_rate + timing_or_nothing', 'mix_grain'),
    ('residual', false, 'calculated_rate - expected_rate - timing_or_nothing - diversion_or_nothing',
        'expected_rate + timing_or_nothing + diversion_or_nothing', none),
    ('calculated', true, 'calculated_rate', none, none),
    ('receipts', false, 'first_receipts_rate - calculated_rate', 'calculated_rate', none),
    ('refunds', false, 'collected_rate - gross_rate', 'gross_rate', none),
    ('collected', true, 'collected_rate', none, none),
] %}

with {{ stated_import_ctes(ref('fct_trade_flow'), ref('fct_trade_control'), ref('dim_partner')) }},

months_stated as (

    select
        partner_code,
        period_start,
        calculated_duty_usd,
        import_value_consumption_usd
    from ranked_totals
    where choice = 1 and period_months = 1 and period_start >= date '{{ var("first_day") }}'

),

-- Twelve months are a year where the publisher states none.
years_stated as (

    select
        partner_code,
        period_start,
        calculated_duty_usd,
        import_value_consumption_usd,
        1 as preference
    from ranked_totals
    where choice = 1 and period_months = 12 and period_start >= date '{{ var("first_day") }}'
    union all
    select
        partner_code,
        min(period_start) as period_start,
        cast(sum(calculated_duty_usd) as bigint) as calculated_duty_usd,
        {{ complete_sum('import_value_consumption_usd') }} as import_value_consumption_usd,
        2 as preference
    from months_stated
    group by partner_code, extract(year from period_start)
    having count(*) = 12

),

ranked_years as (

    select
        *,
        row_number() over (partition by partner_code, period_start order by preference) as choice
    from years_stated

),

periods as (

    select
        partner_code,
        period_start,
        1 as period_months,
        calculated_duty_usd,
        import_value_consumption_usd
    from months_stated
    union all
    select
        partner_code,
        period_start,
        12 as period_months,
        calculated_duty_usd,
        import_value_consumption_usd
    from ranked_years
    where choice = 1

),

calendar as (

    select
        months.month,
        cast(extract(year from months.month) as integer) as year_number
    from ({{ months_since_2018() }}) as months
    inner join (
        -- Of all figures held, not of `periods`: all that rests on the calendar would carry those along.
        select max(period_start) as last_on
        from (
            select period_start from {{ ref('fct_trade_flow') }}
            union all
            select period_start from {{ ref('fct_trade_control') }}
        ) as stated_periods
    ) as held
        on extract(year from months.month) <= extract(year from held.last_on)

),

duties as (

    select
        weight_year,
        partner_code,
        valid_from,
        valid_to,
        import_value_consumption_usd,
        {{ whole_duty() }} as expected_duty_usd,
        unclaimed_duty_usd
    from {{ ref('fct_weighted_duty') }}
    where product_level = 'ALL'

),

monthly_duties as (

    {{ summed_over_days('duties', keys, amounts, 'calendar') | indent(4) }}

),

-- The weights of a year are those of the latest year before it that is held, or of the first one held.
weight_years as (

    select
        years.year_number,
        coalesce(
            max(case when held.weight_year < years.year_number then held.weight_year end), min(held.weight_year)
        ) as weight_year,
        max(case when held.weight_year = years.year_number then held.weight_year end) as own_weight_year
    from (select distinct year_number from calendar) as years
    cross join (select distinct weight_year from duties) as held
    group by years.year_number

),

north_america as (

    select distinct
        calendar.month,
        members.partner_code
    from {{ ref('bridge_partner_group') }} as members
    inner join calendar
        on members.valid_from <= calendar.month
        and members.valid_to > calendar.month
    where members.group_code in ('USMCA', 'NAFTA')

),

-- Each month at the fixed weights, and its expected duty at those of its own year where they are held.
fixed_months as (

    select
        calendar.month,
        calendar.year_number,
        weight_years.weight_year,
        fixed.partner_code,
        fixed.import_value_consumption_usd_days,
        fixed.expected_duty_usd_days,
        fixed.unclaimed_duty_usd_days,
        case
            when north_america.partner_code is not null
                then fixed.expected_duty_usd_days - fixed.unclaimed_duty_usd_days
        end as usmca_duty_usd_days,
        case
            when weight_years.own_weight_year <> weight_years.weight_year then own.import_value_consumption_usd_days
        end as own_value_usd_days,
        case
            when weight_years.own_weight_year <> weight_years.weight_year then own.expected_duty_usd_days
        end as own_duty_usd_days
    from calendar
    inner join weight_years on calendar.year_number = weight_years.year_number
    inner join monthly_duties as fixed
        on calendar.month = fixed.month
        and weight_years.weight_year = fixed.weight_year
    left join monthly_duties as own
        on calendar.month = own.month
        and weight_years.own_weight_year = own.weight_year
        and fixed.partner_code = own.partner_code
    left join north_america
        on calendar.month = north_america.month
        and fixed.partner_code = north_america.partner_code

),

usmca_of_all as (

    select
        month,
        sum(usmca_duty_usd_days) as usmca_duty_usd_days
    from fixed_months
    group by month

),

{{ sector_mix_ctes(ref('fct_weighted_sector_duty')) }},

joined_months as (

    select
        fixed.*,
        case
            when fixed.partner_code = 'ALL' then whole.usmca_duty_usd_days
            else fixed.usmca_duty_usd_days
        end as usmca_days,
        months_stated.import_value_consumption_usd as month_value_usd,
        {{ exact_rate('fixed.expected_duty_usd_days', 'fixed.import_value_consumption_usd_days') }} as fixed_rate,
        {{ exact_rate('fixed.own_duty_usd_days', 'fixed.own_value_usd_days') }} as own_rate,
        sector_mixes.mix_rate
    from fixed_months as fixed
    left join usmca_of_all as whole on fixed.month = whole.month
    left join months_stated
        on fixed.month = months_stated.period_start
        and fixed.partner_code = months_stated.partner_code
    left join sector_mixes
        on fixed.month = sector_mixes.month
        and fixed.partner_code = sector_mixes.partner_code

),

summed as (

    select
        partner_code,
        month as period_start,
        1 as period_months,
        weight_year,
        {{ exact_rate('unclaimed_duty_usd_days', 'import_value_consumption_usd_days') }} as unclaimed_rate,
        fixed_rate as expected_rate,
        {{ exact_rate('usmca_days', 'import_value_consumption_usd_days') }} as usmca_rate,
        cast(null as decimal(20, 12)) as timed_rate,
        mix_rate,
        'NAICS3' as mix_grain
    from joined_months
    union all
    select
        partner_code,
        min(month) as period_start,
        12 as period_months,
        weight_year,
        {{ exact_rate('sum(unclaimed_duty_usd_days)', 'sum(import_value_consumption_usd_days)') }} as unclaimed_rate,
        {{ exact_rate('sum(expected_duty_usd_days)', 'sum(import_value_consumption_usd_days)') }} as expected_rate,
        {{ exact_rate('sum(usmca_days)', 'sum(import_value_consumption_usd_days)') }} as usmca_rate,
        case
            when count(month_value_usd) = 12
                then
                    {{ exact_rate(
                        'sum(fixed_rate * cast(month_value_usd as decimal(16, 0)))', 'sum(month_value_usd)'
                    ) }}
        end as timed_rate,
        case
            when weight_year = year_number then cast(null as decimal(20, 12))
            when count(own_rate) = 12 and count(month_value_usd) = 12
                then
                    {{ exact_rate(
                        'sum((own_rate - fixed_rate) * cast(month_value_usd as decimal(16, 0)))', 'sum(month_value_usd)'
                    ) }}
            when count(own_rate) = 12
                then
                    {{ exact_rate('sum(own_duty_usd_days)', 'sum(own_value_usd_days)') }}
                    - {{ exact_rate('sum(expected_duty_usd_days)', 'sum(import_value_consumption_usd_days)') }}
            when count(mix_rate) = 12 and count(month_value_usd) = 12
                then {{ exact_rate('sum(mix_rate * cast(month_value_usd as decimal(16, 0)))', 'sum(month_value_usd)') }}
        end as mix_rate,
        case when count(own_rate) = 12 then 'HTS10' else 'NAICS3' end as mix_grain
    from joined_months
    group by partner_code, year_number, weight_year
    having count(*) = 12

),

{{ receipt_ctes(ref('fct_customs_receipt')) }},

ladder as (

    select
        periods.period_start,
        periods.period_months,
        periods.partner_code,
        periods.import_value_consumption_usd,
        summed.weight_year,
        'HTS10' as fixed_grain,
        summed.mix_grain,
        summed.unclaimed_rate,
        summed.expected_rate,
        case
            when summed.partner_code = 'ALL' then summed.usmca_rate
            when summed.usmca_rate is not null then summed.expected_rate - summed.unclaimed_rate
        end as usmca_rate,
        case
            when summed.partner_code = 'ALL' and summed.usmca_rate is not null
                then summed.expected_rate - summed.unclaimed_rate - summed.usmca_rate
            when summed.usmca_rate is null then summed.expected_rate - summed.unclaimed_rate
        end as other_rate,
        case
            when summed.partner_code = 'ALL' and summed.usmca_rate is not null then summed.usmca_rate else 0
        end as usmca_or_nothing,
        summed.timed_rate - summed.expected_rate as timing_rate,
        case
            when summed.timed_rate is null then 0 else summed.timed_rate - summed.expected_rate
        end as timing_or_nothing,
        summed.mix_rate as diversion_rate,
        case when summed.mix_rate <> 0 then summed.mix_rate else 0 end as diversion_or_nothing,
        {{ exact_rate('periods.calculated_duty_usd', 'periods.import_value_consumption_usd') }} as calculated_rate,
        {{ exact_rate('receipts.gross_usd', 'periods.import_value_consumption_usd') }} as gross_rate,
        {{ exact_rate('receipts.net_usd', 'periods.import_value_consumption_usd') }} as collected_rate,
        {{ exact_rate('coalesce(receipts.gross_usd, receipts.net_usd)', 'periods.import_value_consumption_usd') }}
            as first_receipts_rate,
        receipts.receipt_source,
        case when receipts.gross_usd is null then 'refunds' end as untold_receipts,
        nullif(trim(concat(
            case when periods.period_months = 12 and summed.timed_rate is null then ' timing' else '' end,
            case
                when
                    summed.mix_rate is null
                    and summed.weight_year <> extract(year from periods.period_start)
                    then ' diversion'
                else ''
            end
        )), '') as untold
    from periods
    inner join summed
        on periods.period_start = summed.period_start
        and periods.period_months = summed.period_months
        and periods.partner_code = summed.partner_code
    left join receipts
        on periods.period_start = receipts.period_start
        and periods.period_months = receipts.period_months
        and periods.partner_code = 'ALL'
    where periods.import_value_consumption_usd > 0

),

{{ step_ctes('ladder', steps) }}

select
    period_start,
    period_months,
    partner_code,
    step,
    step_order,
    is_level,
    cast(step_rate as double) as step_rate,
    cast(from_rate as double) as from_rate,
    cast(from_rate + step_rate as double) as to_rate,
    weight_year,
    weights_grain,
    also_contains,
    receipt_source,
    import_value_consumption_usd
from steps
where step_rate is not null
