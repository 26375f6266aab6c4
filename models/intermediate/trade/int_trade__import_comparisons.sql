-- Grain: one row a comparison of import months × product × partner.

{{ config(materialized='table') }}

{#
    What each partner sold of each product in the base months and in the months compared, and all partners together:
    the publisher's total of the world, or the sum of ten-digit lines over all partners. A partner counts where every
    month of both is held; where it sold nothing of a product in one of them, that is zero: all that there is is stated.
#}

with imports as (

    select
        'HS6' as product_level,
        substr(product_code, 1, 6) as product_code,
        partner_code,
        year(period_start) * 12 + month(period_start) - 1 as month_index,
        period_months,
        sum(import_value_consumption_usd) as value_usd
    from {{ ref('int_trade__flows') }}
    where flow = 'import' and period_months = 12 and product_level = 'HTS10' and known_to = {{ open_end() }}
    group by substr(product_code, 1, 6), partner_code, year(period_start) * 12 + month(period_start) - 1, period_months
    union all
    select
        product_level,
        product_code,
        partner_code,
        year(period_start) * 12 + month(period_start) - 1 as month_index,
        period_months,
        import_value_consumption_usd as value_usd
    from {{ ref('int_trade__flows') }}
    where flow = 'import' and period_months = 1 and product_level in ('HS2', 'NAICS3') and known_to = {{ open_end() }}

),

world as (

    select
        product_level,
        product_code,
        month_index,
        sum(value_usd) as value_usd
    from imports
    where product_level = 'HS6'
    group by product_level, product_code, month_index
    union all
    select
        product_level,
        product_code,
        year(period_start) * 12 + month(period_start) - 1 as month_index,
        import_value_consumption_usd as value_usd
    from {{ ref('int_trade__controls') }}
    where
        flow = 'import'
        and group_code = '-'
        and period_months = 1
        and product_level in ('HS2', 'NAICS3')
        and product_code <> 'ALL'
        and known_to = {{ open_end() }}

),

held as (

    select distinct
        product_level,
        partner_code,
        month_index,
        period_months
    from imports

),

windows as (

    select *
    from {{ ref('int_trade__import_windows') }}

),

-- A partner with every month of both.
partners as (

    select
        windows.product_level,
        windows.effect_from,
        windows.is_placebo,
        held.partner_code
    from windows
    inner join held
        on windows.product_level = held.product_level
        and windows.base_from_index <= held.month_index
        and windows.period_to_index > held.month_index
    group by
        windows.product_level,
        windows.effect_from,
        windows.is_placebo,
        held.partner_code,
        windows.period_to_index,
        windows.base_from_index
    having sum(held.period_months) = windows.period_to_index - windows.base_from_index

),

world_sums as (

    select
        windows.product_level,
        windows.effect_from,
        windows.is_placebo,
        world.product_code,
        sum(case when world.month_index < windows.base_to_index then world.value_usd else 0 end) as base_usd,
        sum(case when world.month_index >= windows.period_from_index then world.value_usd else 0 end) as period_usd
    from windows
    inner join world
        on windows.product_level = world.product_level
        and windows.base_from_index <= world.month_index
        and windows.period_to_index > world.month_index
    group by windows.product_level, windows.effect_from, windows.is_placebo, world.product_code

),

partner_sums as (

    select
        windows.product_level,
        windows.effect_from,
        windows.is_placebo,
        imports.product_code,
        imports.partner_code,
        sum(case when imports.month_index < windows.base_to_index then imports.value_usd else 0 end) as base_usd,
        sum(case when imports.month_index >= windows.period_from_index then imports.value_usd else 0 end) as period_usd
    from windows
    inner join imports
        on windows.product_level = imports.product_level
        and windows.base_from_index <= imports.month_index
        and windows.period_to_index > imports.month_index
    where imports.product_code <> 'ALL'
    group by
        windows.product_level,
        windows.effect_from,
        windows.is_placebo,
        imports.product_code,
        imports.partner_code

)

select
    windows.product_level,
    partner_sums.product_code,
    partner_sums.partner_code,
    windows.is_placebo,
    windows.effect_from,
    windows.effect_to,
    {{ month_start('windows.base_from_index') }} as base_period,
    cast(windows.base_to_index - windows.base_from_index as integer) as base_months,
    {{ month_start('windows.period_from_index') }} as period_start,
    cast(windows.period_to_index - windows.period_from_index as integer) as period_months,
    cast(partner_sums.base_usd as bigint) as base_value_usd,
    cast(partner_sums.period_usd as bigint) as actual_value_usd,
    cast(world_sums.base_usd as bigint) as world_base_value_usd,
    cast(world_sums.period_usd as bigint) as world_actual_value_usd
from windows
inner join partner_sums
    on windows.product_level = partner_sums.product_level
    and windows.effect_from = partner_sums.effect_from
    and windows.is_placebo = partner_sums.is_placebo
inner join partners
    on partner_sums.product_level = partners.product_level
    and partner_sums.effect_from = partners.effect_from
    and partner_sums.is_placebo = partners.is_placebo
    and partner_sums.partner_code = partners.partner_code
inner join world_sums
    on partner_sums.product_level = world_sums.product_level
    and partner_sums.effect_from = world_sums.effect_from
    and partner_sums.is_placebo = world_sums.is_placebo
    and partner_sums.product_code = world_sums.product_code
