{# Days of duty: intervals at fixed weights as sums over the days of months, for tables that speak of months. #}

{# The first days of the months from 2018 to 2039, a row each. #}
{% macro months_since_2018() -%}
    select cast(concat(cast(2018 + tens.digit * 10 + ones.digit as string), '-', months.month, '-01') as date) as month
    from (select 0 as digit union all select 1 as digit) as tens
    cross join (
        {%- for digit in range(10) %}
        select {{ digit }} as digit
        {%- if not loop.last %}
        union all
        {%- endif %}
        {%- endfor %}
    ) as ones
    cross join (
        {%- for month in range(1, 13) %}
        select '{{ '%02d' % month }}' as month
        {%- if not loop.last %}
        union all
        {%- endif %}
        {%- endfor %}
    ) as months
{%- endmacro %}


{#
    For each of `keys` and each month: every amount summed over the days of the month, which over each other give
    day-weighted means (26 of 31 days at the new rate count 26/31). Sums are of decimals, the same in whatever order
    they are added. relation has intervals of valid time; months has a column `month`.
#}
{% macro summed_over_days(relation, keys, amounts, months) -%}
    select
        {%- for key in keys %}
        spans.{{ key }},
        {%- endfor %}
        spans.month,
        {%- for amount in amounts %}
        sum(cast(spans.{{ amount }} as decimal(24, 4)) * spans.day_count) as {{ amount }}_days
        {%- if not loop.last %},{% endif %}
        {%- endfor %}
    from (
        select
            {%- for key in keys + amounts %}
            duties.{{ key }},
            {%- endfor %}
            calendar.month,
            {{ days_between(
                'greatest(duties.valid_from, calendar.month)',
                'least(duties.valid_to, ' ~ next_month('calendar.month') ~ ')'
            ) }} as day_count
        from {{ relation }} as duties
        inner join {{ months }} as calendar
            on
            duties.valid_from < {{ next_month('calendar.month') }}
            and duties.valid_to > calendar.month
    ) as spans
    group by {% for key in keys %}spans.{{ key }}, {% endfor %}spans.month
{%- endmacro %}


{# A ratio of such sums as a decimal: differences of decimals add up without a remainder. NULL over nothing. #}
{% macro exact_rate(above, below) -%}
    cast({{ ratio(above, below) }} as decimal(20, 12))
{%- endmacro %}


{#
    The CTE `sector_mixes`, beside those it needs: how far the month's own mix of sectors, and of partners for all,
    moves the rate from that of the fixed weights. Each cell keeps the rate it has at those; partners that are not held
    by themselves are one. Follows `stated`, `calendar` and `weight_years`; sector_duties: fct_weighted_sector_duty.
#}
{% macro sector_mix_ctes(sector_duties) -%}
monthly_sectors as (

    {{ summed_over_days(
        sector_duties, ['weight_year', 'partner_code', 'product_code'],
        ['import_value_consumption_usd', 'expected_duty_usd'], 'calendar'
    ) | indent(4) }}

),

sector_flows as (

    select
        period_start as month,
        partner_code,
        product_code,
        import_value_consumption_usd
    from stated
    where
        product_level = 'NAICS3'
        and product_code <> 'ALL'
        and period_months = 1
        and added_up_from is null
        and import_value_consumption_usd is not null

),

sector_partners as (

    select distinct
        month,
        partner_code
    from sector_flows
    where partner_code <> 'ALL'

),

-- Partners held by themselves, and all others as one.
sector_cells as (

    select
        sectors.month,
        sectors.product_code,
        case when own.partner_code is null then 'OTHERS' else sectors.partner_code end as partner_code,
        sum(sectors.import_value_consumption_usd_days) as value_usd_days,
        sum(sectors.expected_duty_usd_days) as duty_usd_days
    from monthly_sectors as sectors
    inner join calendar on sectors.month = calendar.month
    inner join weight_years
        on calendar.year_number = weight_years.year_number
        and sectors.weight_year = weight_years.weight_year
    left join sector_partners as own
        on sectors.month = own.month
        and sectors.partner_code = own.partner_code
    group by
        sectors.month,
        sectors.product_code,
        case when own.partner_code is null then 'OTHERS' else sectors.partner_code end

),

sector_trade as (

    select
        month,
        partner_code,
        product_code,
        import_value_consumption_usd
    from sector_flows
    where partner_code <> 'ALL'
    union all
    select
        world.month,
        'OTHERS' as partner_code,
        world.product_code,
        world.import_value_consumption_usd - sum(
            case when own.partner_code <> 'ALL' then own.import_value_consumption_usd else 0 end
        ) as import_value_consumption_usd
    from sector_flows as world
    inner join sector_flows as own
        on world.month = own.month
        and world.product_code = own.product_code
    where world.partner_code = 'ALL'
    group by world.month, world.product_code, world.import_value_consumption_usd

),

mixed_cells as (

    select
        trade.month,
        trade.partner_code,
        cast(trade.import_value_consumption_usd as decimal(24, 4)) as own_value_usd,
        cast(
            cast(trade.import_value_consumption_usd as double)
            * cast(cells.duty_usd_days as double) / cast(cells.value_usd_days as double) as decimal(24, 4)
        ) as own_duty_usd,
        cells.value_usd_days,
        cells.duty_usd_days
    from sector_trade as trade
    inner join sector_cells as cells
        on trade.month = cells.month
        and trade.partner_code = cells.partner_code
        and trade.product_code = cells.product_code
    where cells.value_usd_days > 0

),

world_months as (

    select distinct month
    from sector_flows
    where partner_code = 'ALL'

),

-- How far the month's own mix of sectors (and partners) moves the rate.
sector_mixes as (

    select
        month,
        partner_code,
        {{ exact_rate('sum(own_duty_usd)', 'sum(own_value_usd)') }}
        - {{ exact_rate('sum(duty_usd_days)', 'sum(value_usd_days)') }} as mix_rate
    from mixed_cells
    where partner_code <> 'OTHERS'
    group by month, partner_code
    union all
    select
        mixed_cells.month,
        'ALL' as partner_code,
        {{ exact_rate('sum(mixed_cells.own_duty_usd)', 'sum(mixed_cells.own_value_usd)') }}
        - {{ exact_rate('sum(mixed_cells.duty_usd_days)', 'sum(mixed_cells.value_usd_days)') }} as mix_rate
    from mixed_cells
    inner join world_months on mixed_cells.month = world_months.month
    group by mixed_cells.month

)
{%- endmacro %}


{#
    The CTE `receipts` (period: net, and where stated gross), beside those it needs. Twelve months of a source are a
    year. A source that tells refunds apart goes first.
#}
{% macro receipt_ctes(receipts) -%}
stated_receipts as (

    select
        receipt_source,
        period_start,
        period_months,
        max(case when measure = 'net' then value_usd end) as net_usd,
        max(case when measure = 'gross' then value_usd end) as gross_usd
    from {{ receipts }}
    where known_to = {{ open_end() }}
    group by receipt_source, period_start, period_months

),

receipt_periods as (

    select
        receipt_source,
        period_start,
        period_months,
        net_usd,
        gross_usd
    from stated_receipts
    union all
    select
        receipt_source,
        min(period_start) as period_start,
        12 as period_months,
        {{ complete_sum('net_usd') }} as net_usd,
        {{ complete_sum('gross_usd') }} as gross_usd
    from stated_receipts
    where period_months = 1
    group by receipt_source, extract(year from period_start)
    having count(*) = 12

),

ranked_receipts as (

    select
        *,
        row_number() over (
            partition by period_start, period_months
            order by case when gross_usd is null then 1 else 0 end, receipt_source
        ) as choice
    from receipt_periods
    where net_usd is not null

),

receipts as (

    select *
    from ranked_receipts
    where choice = 1

)
{%- endmacro %}
