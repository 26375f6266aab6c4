-- Grain: one row a check × partner (or ALL) × product level × product × period × measure, as known now.

{#
    Figures stated twice, side by side, with the widest difference allowed. A year differs from its months where it was
    restated and they were not: a part of a percent for the world, up to a twelfth for one partner.
#}
{% set measures = ['import_value_consumption_usd', 'calculated_duty_usd'] %}
{% set bands = {
    'detail_and_total': 0.0, 'sector_reports': 0.001, 'claim_reports': 0.02, 'months_and_year': 0.01,
    'months_and_year_of_partner': 0.1,
} %}

with flows as (

    select
        partner_code,
        product_level,
        product_code,
        period_start,
        period_months,
        import_value_consumption_usd,
        calculated_duty_usd
    from {{ ref('int_trade__flows') }}
    where flow = 'import' and product_level in ('HTS10', 'NAICS3') and known_to = {{ open_end() }}

),

controls as (

    select
        group_code,
        product_level,
        product_code,
        period_start,
        period_months,
        import_value_consumption_usd,
        calculated_duty_usd
    from {{ ref('int_trade__controls') }}
    where
        flow = 'import'
        and product_level in ('HTS10', 'NAICS3', 'NAICS6')
        and known_to = {{ open_end() }}

),

{# Products of a partner against all products of it, as the publisher adds them up. #}
partner_periods as (

    select
        partner_code,
        product_level,
        period_start,
        period_months,
        {{ complete_sum('import_value_consumption_usd') }} as import_value_consumption_usd,
        {{ complete_sum('calculated_duty_usd') }} as calculated_duty_usd
    from flows
    group by partner_code, product_level, period_start, period_months

),

detail_and_total as (

    select
        'detail_and_total' as check_name,
        partner_periods.partner_code,
        partner_periods.product_level,
        'ALL' as product_code,
        partner_periods.period_start,
        partner_periods.period_months,
        'sum of products (Census)' as first_source,
        'all products (Census)' as second_source,
        partner_periods.import_value_consumption_usd as first_import_value_consumption_usd,
        partner_periods.calculated_duty_usd as first_calculated_duty_usd,
        controls.import_value_consumption_usd as second_import_value_consumption_usd,
        controls.calculated_duty_usd as second_calculated_duty_usd
    from partner_periods
    inner join controls
        on partner_periods.partner_code = controls.group_code
        and partner_periods.product_level = controls.product_level
        and partner_periods.period_start = controls.period_start
        and partner_periods.period_months = controls.period_months
        and controls.product_code = 'ALL'

),

world_periods as (

    select
        'ALL' as partner_code,
        product_level,
        period_start,
        period_months,
        {{ complete_sum('import_value_consumption_usd') }} as import_value_consumption_usd,
        {{ complete_sum('calculated_duty_usd') }} as calculated_duty_usd
    from controls
    where group_code = '-' and product_code <> 'ALL' and period_months = 1
    group by product_level, period_start, period_months

),

{# Partners against the world, by tariff line as the publisher adds them up. #}
partners_and_world as (

    select
        'detail_and_total' as check_name,
        'ALL' as partner_code,
        partner_periods.product_level,
        'ALL' as product_code,
        partner_periods.period_start,
        partner_periods.period_months,
        'sum of partners (Census)' as first_source,
        'world (Census)' as second_source,
        {{ complete_sum('partner_periods.import_value_consumption_usd') }} as first_import_value_consumption_usd,
        {{ complete_sum('partner_periods.calculated_duty_usd') }} as first_calculated_duty_usd,
        max(world_periods.import_value_consumption_usd) as second_import_value_consumption_usd,
        max(world_periods.calculated_duty_usd) as second_calculated_duty_usd
    from partner_periods
    inner join world_periods
        on partner_periods.product_level = world_periods.product_level
        and partner_periods.period_start = world_periods.period_start
        and partner_periods.period_months = world_periods.period_months
    where partner_periods.product_level = 'HTS10'
    group by partner_periods.product_level, partner_periods.period_start, partner_periods.period_months

),

sector_reports as (

    select
        'sector_reports' as check_name,
        'ALL' as partner_code,
        controls.product_level,
        controls.product_code,
        controls.period_start,
        controls.period_months,
        'DataWeb (USITC)' as first_source,
        'world by sector (Census)' as second_source,
        totals.import_value_consumption_usd as first_import_value_consumption_usd,
        totals.calculated_duty_usd as first_calculated_duty_usd,
        controls.import_value_consumption_usd as second_import_value_consumption_usd,
        controls.calculated_duty_usd as second_calculated_duty_usd
    from {{ ref('stg_usitc_dataweb__totals') }} as totals
    inner join controls
        on totals.naics3 = controls.product_code
        and totals.period_start = controls.period_start
        and controls.group_code = '-'
        and controls.product_level = 'NAICS3'
        and controls.period_months = 1
    where totals.known_to = {{ open_end() }}

),

reported_claims as (

    select
        program_code,
        partner_code,
        period_start,
        cast(sum(claimed_import_value_consumption_usd) as bigint) as claimed_usd
    from {{ ref('stg_usitc_dataweb__claims') }}
    where known_to = {{ open_end() }}
    group by program_code, partner_code, period_start

),

printed_claims as (

    select
        program_code,
        partner_code,
        period_start,
        cast(sum(claimed_import_value_consumption_usd) as bigint) as claimed_usd
    from {{ ref('stg_census_imports__claims') }}
    where known_to = {{ open_end() }}
    group by program_code, partner_code, period_start

),

claim_reports as (

    select
        'claim_reports' as check_name,
        reported_claims.partner_code,
        'HTS10' as product_level,
        'ALL' as product_code,
        reported_claims.period_start,
        1 as period_months,
        'claims under USMCA, DataWeb (USITC)' as first_source,
        'claims under USMCA, bulk file (Census)' as second_source,
        reported_claims.claimed_usd as first_import_value_consumption_usd,
        cast(null as bigint) as first_calculated_duty_usd,
        printed_claims.claimed_usd as second_import_value_consumption_usd,
        cast(null as bigint) as second_calculated_duty_usd
    from reported_claims
    inner join printed_claims
        on reported_claims.program_code = printed_claims.program_code
        and reported_claims.partner_code = printed_claims.partner_code
        and reported_claims.period_start = printed_claims.period_start

),

stated_periods as (

    select
        partner_code,
        product_level,
        period_start,
        period_months,
        import_value_consumption_usd,
        calculated_duty_usd
    from partner_periods
    union all
    select
        partner_code,
        product_level,
        period_start,
        period_months,
        import_value_consumption_usd,
        calculated_duty_usd
    from world_periods
    union all
    {# A year of (nearly) all partners is the world's. #}
    select
        'ALL' as partner_code,
        partner_periods.product_level,
        partner_periods.period_start,
        partner_periods.period_months,
        {{ complete_sum('partner_periods.import_value_consumption_usd') }} as import_value_consumption_usd,
        {{ complete_sum('partner_periods.calculated_duty_usd') }} as calculated_duty_usd
    from partner_periods
    cross join (select count(*) as partner_count from {{ ref('int_partner__named') }}) as listed
    where partner_periods.product_level = 'HTS10' and partner_periods.period_months = 12
    group by
        partner_periods.product_level,
        partner_periods.period_start,
        partner_periods.period_months,
        listed.partner_count
    having
        count(*) >= cast({{ var('whole_world_partner_share') }} as double) * cast(listed.partner_count as double)

),

whole_years as (

    select
        partner_code,
        product_level,
        min(period_start) as period_start,
        {{ complete_sum('import_value_consumption_usd') }} as import_value_consumption_usd,
        {{ complete_sum('calculated_duty_usd') }} as calculated_duty_usd
    from stated_periods
    where period_months = 1
    group by partner_code, product_level, extract(year from period_start)
    having count(*) = 12

),

months_and_year as (

    select
        case
            when whole_years.partner_code = 'ALL' then 'months_and_year' else 'months_and_year_of_partner'
        end as check_name,
        whole_years.partner_code,
        whole_years.product_level,
        'ALL' as product_code,
        whole_years.period_start,
        12 as period_months,
        'twelve months (Census)' as first_source,
        'year by tariff line (Census)' as second_source,
        whole_years.import_value_consumption_usd as first_import_value_consumption_usd,
        whole_years.calculated_duty_usd as first_calculated_duty_usd,
        years.import_value_consumption_usd as second_import_value_consumption_usd,
        years.calculated_duty_usd as second_calculated_duty_usd
    from whole_years
    inner join stated_periods as years
        on whole_years.partner_code = years.partner_code
        and whole_years.period_start = years.period_start
        and years.product_level = 'HTS10'
        and years.period_months = 12

),

compared as (

    select * from detail_and_total
    union all
    select * from partners_and_world
    union all
    select * from sector_reports
    union all
    select * from claim_reports
    union all
    select * from months_and_year

),

figures as (
    {%- for measure in measures %}
    select
        check_name,
        partner_code,
        product_level,
        product_code,
        period_start,
        period_months,
        '{{ measure }}' as measure_name,
        first_source,
        first_{{ measure }} as first_value_usd,
        second_source,
        second_{{ measure }} as second_value_usd
    from compared
    where first_{{ measure }} is not null and second_{{ measure }} is not null
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}

)

select
    check_name,
    partner_code,
    product_level,
    product_code,
    period_start,
    period_months,
    measure_name,
    first_source,
    first_value_usd,
    second_source,
    second_value_usd,
    first_value_usd - second_value_usd as difference_usd,
    {{ ratio('first_value_usd - second_value_usd', 'second_value_usd') }} as difference_share,
    case check_name
        {%- for name, band in bands.items() %}
        when '{{ name }}' then cast({{ band }} as double)
        {%- endfor %}
    end as band_share
from figures
