{# Totals: of imports, for tables that set duty against value; of exports, for those that set them against imports. #}

{#
    The CTEs `stated` (imports as the publisher states them now, at every level held, partner 'ALL' being the world) and
    `ranked_totals` (all goods by period and partner; choice 1 is the best). A total is published, or the sum of a level
    that splits all goods, or the sum of all partners; never of a sample.
#}
{% macro stated_import_ctes(flows, controls, partners) -%}
{%- set rank_of_level = level_preference('product_level', 'product_code') -%}
flows as (

    select
        partner_code,
        product_level,
        product_code,
        period_start,
        period_months,
        calculated_duty_usd,
        import_value_consumption_usd
    from {{ flows }}
    where flow = 'import' and known_to = {{ open_end() }}

),

partners as (

    select partner_code
    from {{ partners }}

),

-- Where (nearly) every partner of Schedule C is stated at ten digits, the partners add up to the world.
whole_world_periods as (

    {{ whole_world_periods('flows', 'partners') }}

),

-- The publisher's own totals: of the world by product, and of all goods by partner.
published as (

    select
        coalesce(partners.partner_code, 'ALL') as partner_code,
        controls.product_level,
        controls.product_code,
        controls.period_start,
        controls.period_months,
        controls.calculated_duty_usd,
        controls.import_value_consumption_usd,
        cast(null as string) as added_up_from,
        1 as preference
    from {{ controls }} as controls
    left join partners on controls.group_code = partners.partner_code
    where
        controls.flow = 'import'
        and controls.known_to = {{ open_end() }}
        and (controls.group_code = '-' or (controls.product_code = 'ALL' and partners.partner_code is not null))

),

sum_of_partners as (

    select
        'ALL' as partner_code,
        flows.product_level,
        flows.product_code,
        flows.period_start,
        flows.period_months,
        {{ complete_sum('flows.calculated_duty_usd') }} as calculated_duty_usd,
        {{ complete_sum('flows.import_value_consumption_usd') }} as import_value_consumption_usd,
        'partners' as added_up_from,
        2 as preference
    from flows
    inner join whole_world_periods
        on flows.period_start = whole_world_periods.period_start
        and flows.period_months = whole_world_periods.period_months
    where flows.product_level = 'HTS10'
    group by flows.product_level, flows.product_code, flows.period_start, flows.period_months

),

ranked_beyond_flows as (

    select
        *,
        row_number() over (
            partition by partner_code, product_level, product_code, period_start, period_months order by preference
        ) as choice
    from (
        select * from published
        union all
        select * from sum_of_partners
    ) as beyond_flows

),

stated as (

    select
        partner_code,
        product_level,
        product_code,
        period_start,
        period_months,
        calculated_duty_usd,
        import_value_consumption_usd,
        cast(null as string) as added_up_from
    from flows
    union all
    select
        partner_code,
        product_level,
        product_code,
        period_start,
        period_months,
        calculated_duty_usd,
        import_value_consumption_usd,
        added_up_from
    from ranked_beyond_flows
    where choice = 1

),

totals as (

    select
        partner_code,
        period_start,
        period_months,
        {{ complete_sum('calculated_duty_usd') }} as calculated_duty_usd,
        {{ complete_sum('import_value_consumption_usd') }} as import_value_consumption_usd,
        {{ rank_of_level }} as preference,
        product_level as total_of_level
    from stated
    where {{ rank_of_level }} is not null
    group by partner_code, period_start, period_months, product_level, {{ rank_of_level }}

),

ranked_totals as (

    select
        *,
        row_number() over (
            partition by partner_code, period_start, period_months order by preference, total_of_level
        ) as choice
    from totals
    where calculated_duty_usd is not null

)
{%- endmacro %}


{#
    The CTE `exports` (and those it rests on): exports to the whole world as known now by level, product and period.
    What the publisher states goes before what its ten-digit lines add up to. controls: a CTE of the totals known now.
#}
{% macro world_export_ctes(controls) -%}
-- Months of which ten-digit lines are there in every chapter that the publisher states, and years of twelve of them.
whole_export_months as (

    select
        period_start,
        cast(concat(cast(extract(year from period_start) as string), '-01-01') as date) as year_start
    from {{ controls }}
    where
        flow = 'export'
        and group_code = '-'
        and product_level in ('HS2', 'SB10')
        and product_code <> 'ALL'
        and period_months = 1
    group by period_start
    having
        count(distinct case when product_level = 'HS2' then product_code end) > 0
        and count(distinct case when product_level = 'HS2' then product_code end)
        <= count(distinct case when product_level = 'SB10' then substr(product_code, 1, 2) end)

),

whole_export_years as (

    select year_start
    from whole_export_months
    group by year_start
    having count(*) = 12

),

export_periods as (

    select
        period_start as month_start,
        period_start,
        1 as period_months
    from whole_export_months
    union all
    select
        whole_export_months.period_start as month_start,
        whole_export_months.year_start as period_start,
        12 as period_months
    from whole_export_months
    inner join whole_export_years on whole_export_months.year_start = whole_export_years.year_start

),

export_lines as (

    select
        controls.product_code,
        export_periods.period_start,
        export_periods.period_months,
        controls.export_value_fas_usd
    from {{ controls }} as controls
    inner join export_periods on controls.period_start = export_periods.month_start
    where
        controls.flow = 'export'
        and controls.group_code = '-'
        and controls.product_level = 'SB10'
        and controls.product_code <> 'ALL'
        and controls.period_months = 1

),

stated_exports as (

    select
        product_level,
        product_code,
        period_start,
        period_months,
        export_value_fas_usd as published_usd,
        cast(null as bigint) as added_up_usd
    from {{ controls }}
    where flow = 'export' and group_code = '-' and product_level <> 'SB10' and product_code <> 'ALL'
    union all
    select
        'ALL' as product_level,
        'ALL' as product_code,
        period_start,
        period_months,
        {{ complete_sum('export_value_fas_usd') }} as published_usd,
        cast(null as bigint) as added_up_usd
    from {{ controls }}
    where flow = 'export' and group_code = '-' and product_level = 'HS2' and product_code <> 'ALL'
    group by period_start, period_months
    {%- for level, code in {
        'HS6': 'substr(product_code, 1, 6)', 'HS2': 'substr(product_code, 1, 2)', 'ALL': "'ALL'",
    }.items() %}
    union all
    select
        '{{ level }}' as product_level,
        {{ code }} as product_code,
        period_start,
        period_months,
        cast(null as bigint) as published_usd,
        {{ complete_sum('export_value_fas_usd') }} as added_up_usd
    from export_lines
    group by {% if level != 'ALL' %}{{ code }}, {% endif %}period_start, period_months
    {%- endfor %}

),

exports as (

    select
        product_level,
        product_code,
        period_start,
        period_months,
        coalesce(max(published_usd), max(added_up_usd)) as export_value_fas_usd
    from stated_exports
    group by product_level, product_code, period_start, period_months

)
{%- endmacro %}
