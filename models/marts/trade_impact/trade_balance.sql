-- Grain: one row a partner (or 'ALL', the world) × period for which both sides are stated for all goods, as known now.

{#
    A side is complete where the publisher states the total, or a level that splits all goods is held. Twelve months of
    a year are also a year; fewer are not.
#}
{% set rank_of_level = level_preference('product_level', 'product_code') %}

with stated as (

    select
        flow,
        partner_code,
        product_level,
        product_code,
        period_start,
        period_months,
        import_value_general_usd,
        export_value_fas_usd
    from {{ ref('fct_trade_flow') }}
    where known_to = {{ open_end() }}
    union all
    select
        controls.flow,
        coalesce(partners.partner_code, 'ALL') as partner_code,
        controls.product_level,
        controls.product_code,
        controls.period_start,
        controls.period_months,
        controls.import_value_general_usd,
        controls.export_value_fas_usd
    from {{ ref('fct_trade_control') }} as controls
    left join {{ ref('dim_partner') }} as partners on controls.group_code = partners.partner_code
    where
        controls.known_to = {{ open_end() }}
        and (controls.group_code = '-' or (controls.product_code = 'ALL' and partners.partner_code is not null))

),

sums as (

    select
        flow,
        partner_code,
        period_start,
        period_months,
        case
            when flow = 'import' then {{ complete_sum('import_value_general_usd') }}
            when flow = 'export' then {{ complete_sum('export_value_fas_usd') }}
        end as value_usd,
        {{ rank_of_level }} as preference,
        product_level
    from stated
    where {{ rank_of_level }} is not null
    group by flow, partner_code, period_start, period_months, product_level, {{ rank_of_level }}

),

ranked_sums as (

    select
        *,
        row_number() over (
            partition by flow, partner_code, period_start, period_months order by preference, product_level
        ) as choice
    from sums
    where value_usd is not null

),

months_and_years as (

    select
        flow,
        partner_code,
        period_start,
        period_months,
        value_usd,
        1 as preference
    from ranked_sums
    where choice = 1
    union all
    select
        flow,
        partner_code,
        min(period_start) as period_start,
        12 as period_months,
        cast(sum(value_usd) as bigint) as value_usd,
        2 as preference
    from ranked_sums
    where choice = 1 and period_months = 1
    group by flow, partner_code, extract(year from period_start)
    having count(*) = 12

),

sides as (

    select
        *,
        row_number() over (
            partition by flow, partner_code, period_start, period_months order by preference
        ) as choice
    from months_and_years

)

select
    exports.partner_code,
    exports.period_start,
    exports.period_months,
    exports.value_usd as export_value_fas_usd,
    imports.value_usd as import_value_general_usd,
    exports.value_usd - imports.value_usd as balance_usd
from sides as exports
inner join sides as imports
    on exports.partner_code = imports.partner_code
    and exports.period_start = imports.period_start
    and exports.period_months = imports.period_months
where exports.flow = 'export' and exports.choice = 1 and imports.flow = 'import' and imports.choice = 1
