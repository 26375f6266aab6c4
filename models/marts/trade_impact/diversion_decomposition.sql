-- Grain: one row an act × comparison (or its placebo) × product level.

{#
    Shapley split of the change of the hit partners' share of what the act covers: within products at the mean weights
    of both periods, between products at the mean shares of both. It adds up to the change without remainder. A product
    that was not traded in one of the periods has the share of the other: it can only move the weights.
    Where hit partners are not held, what they sold is unknown and not zero: neither shares nor parts are stated.
#}

{%- set held_usd = 'sum(case when held.partner_code is not null then hit_imports.value_usd else 0 end)' %}
{%- set is_held = 'held_shares.held_hit_partner_share >= ' ~ var('least_held_hit_partner_share') %}

with covered as (

    {{ covered_products(ref('bridge_action_product')) }}

),

hit_partners as (

    {{ hit_partners(ref('fct_exposure_margin')) }}

),

held as (

    select distinct
        product_level,
        is_placebo,
        effect_from,
        effect_to,
        period_start,
        partner_code
    from {{ ref('fct_import_comparison') }}

),

windows as (

    select distinct
        product_level,
        is_placebo,
        effect_from,
        effect_to,
        period_start
    from held

),

acts as (

    select distinct
        action_id,
        took_effect_on,
        weight_year
    from {{ ref('bridge_action_product') }}

),

hit_imports as (

    select
        acts.action_id,
        acts.took_effect_on,
        hit_partners.partner_code,
        margins.import_value_consumption_usd as value_usd
    from acts
    inner join hit_partners on acts.action_id = hit_partners.action_id
    inner join {{ ref('fct_exposure_margin') }} as margins
        on acts.action_id = margins.action_id
        and acts.weight_year = margins.weight_year
        and hit_partners.partner_code = margins.partner_code
    where margins.provision_id = 'ALL' and margins.product_level = 'ALL'

),

held_shares as (

    select
        hit_imports.action_id,
        windows.product_level,
        windows.is_placebo,
        windows.period_start,
        {{ ratio(held_usd, 'sum(hit_imports.value_usd)') }} as held_hit_partner_share
    from hit_imports
    inner join windows
        on hit_imports.took_effect_on >= windows.effect_from
        and hit_imports.took_effect_on < windows.effect_to
    left join held
        on windows.product_level = held.product_level
        and windows.is_placebo = held.is_placebo
        and windows.effect_from = held.effect_from
        and windows.period_start = held.period_start
        and hit_imports.partner_code = held.partner_code
    group by hit_imports.action_id, windows.product_level, windows.is_placebo, windows.period_start

),

products as (

    select
        covered.action_id,
        covered.product_level,
        covered.product_code,
        trade.is_placebo,
        trade.base_period,
        trade.base_months,
        trade.period_start,
        trade.period_months,
        max(trade.world_base_value_usd) as base_usd,
        max(trade.world_actual_value_usd) as actual_usd,
        sum(case when hit_partners.partner_code is not null then trade.base_value_usd else 0 end) as hit_base_usd,
        sum(case when hit_partners.partner_code is not null then trade.actual_value_usd else 0 end) as hit_actual_usd
    from covered
    inner join {{ ref('fct_import_comparison') }} as trade
        on covered.product_level = trade.product_level
        and covered.product_code = trade.product_code
        and covered.took_effect_on >= trade.effect_from
        and covered.took_effect_on < trade.effect_to
    left join hit_partners
        on covered.action_id = hit_partners.action_id
        and trade.partner_code = hit_partners.partner_code
    group by
        covered.action_id,
        covered.product_level,
        covered.product_code,
        trade.is_placebo,
        trade.base_period,
        trade.base_months,
        trade.period_start,
        trade.period_months

),

whole as (

    select
        action_id,
        product_level,
        is_placebo,
        base_period,
        base_months,
        period_start,
        period_months,
        count(*) as product_count,
        sum(base_usd) as base_usd,
        sum(actual_usd) as actual_usd,
        sum(hit_base_usd) as hit_base_usd,
        sum(hit_actual_usd) as hit_actual_usd
    from products
    group by action_id, product_level, is_placebo, base_period, base_months, period_start, period_months
    having sum(base_usd) > 0 and sum(actual_usd) > 0

),

shares as (

    select
        products.action_id,
        products.product_level,
        products.is_placebo,
        products.period_start,
        cast(products.base_usd as double) / whole.base_usd as base_weight,
        cast(products.actual_usd as double) / whole.actual_usd as actual_weight,
        case
            when products.base_usd > 0 then cast(products.hit_base_usd as double) / products.base_usd
            else cast(products.hit_actual_usd as double) / products.actual_usd
        end as base_share,
        case
            when products.actual_usd > 0 then cast(products.hit_actual_usd as double) / products.actual_usd
            else cast(products.hit_base_usd as double) / products.base_usd
        end as actual_share
    from products
    inner join whole
        on products.action_id = whole.action_id
        and products.product_level = whole.product_level
        and products.is_placebo = whole.is_placebo
        and products.period_start = whole.period_start
    where products.base_usd > 0 or products.actual_usd > 0

),

split as (

    select
        action_id,
        product_level,
        is_placebo,
        period_start,
        sum(cast(0.5 * (base_weight + actual_weight) * (actual_share - base_share) as decimal(28, 15)))
            as within_share,
        sum(cast(0.5 * (base_share + actual_share) * (actual_weight - base_weight) as decimal(28, 15)))
            as between_share
    from shares
    group by action_id, product_level, is_placebo, period_start

)

select
    whole.action_id,
    whole.is_placebo,
    whole.product_level,
    whole.base_period,
    whole.base_months,
    whole.period_start,
    whole.period_months,
    'import_value_consumption_usd' as measure,
    whole.product_count,
    cast(whole.base_usd as bigint) as base_value_usd,
    cast(whole.actual_usd as bigint) as actual_value_usd,
    held_shares.held_hit_partner_share,
    case when {{ is_held }} then cast(whole.hit_base_usd as double) / whole.base_usd end as base_hit_share,
    case when {{ is_held }} then cast(whole.hit_actual_usd as double) / whole.actual_usd end as actual_hit_share,
    case when {{ is_held }} then cast(split.within_share as double) * whole.actual_usd end as within_usd,
    case when {{ is_held }} then cast(split.between_share as double) * whole.actual_usd end as between_usd,
    case
        when {{ is_held }}
            then whole.hit_actual_usd - cast(whole.hit_base_usd as double) / whole.base_usd * whole.actual_usd
    end as total_usd
from whole
inner join held_shares
    on whole.action_id = held_shares.action_id
    and whole.product_level = held_shares.product_level
    and whole.is_placebo = held_shares.is_placebo
    and whole.period_start = held_shares.period_start
inner join split
    on whole.action_id = split.action_id
    and whole.product_level = split.product_level
    and whole.is_placebo = split.is_placebo
    and whole.period_start = split.period_start
