{# Totals of exports, for tables that set them against imports. #}

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
