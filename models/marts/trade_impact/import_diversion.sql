-- Grain: one row an act × comparison (or its placebo) × product × partner.

{#
    Of products the act covers: imports from the partner less what they would be at its share of the base period.
    A gain is suspect of rerouting where the partner itself bought more of the product from those hit, in the editions
    of the day alone. What is not stated in both years is NULL, which is not false.
#}

with covered as (

    {{ covered_products(ref('bridge_action_product')) }}

),

hit_partners as (

    {{ hit_partners(ref('fct_exposure_margin')) }}

),

compared as (

    select
        covered.action_id,
        covered.took_effect_on,
        covered.coverage_share,
        trade.*,
        cast(trade.base_value_usd as double) / trade.world_base_value_usd * trade.world_actual_value_usd
            as constant_share_usd
    from covered
    inner join {{ ref('fct_import_comparison') }} as trade
        on covered.product_level = trade.product_level
        and covered.product_code = trade.product_code
        and covered.took_effect_on >= trade.effect_from
        and covered.took_effect_on < trade.effect_to
    where trade.world_base_value_usd > 0

),

partners as (

    select
        partner_code,
        iso2
    from {{ ref('dim_partner') }}

),

-- Whole dollars: a sum of doubles hangs on their order.
third_countries as (

    select
        reported_by,
        exporter_code,
        importer_code,
        product_code,
        period_start,
        period_months,
        cast(round(
            case when reported_by = 'importer' then import_value_cif_usd else trade_value_fob_usd end, 0
        ) as bigint) as value_usd
    from {{ ref('fct_world_trade_flow') }}
    where
        reported_by in ('importer', 'reconciled')
        and hs_edition = 'HS2022'
        and product_level = 'HS6'
        and known_to = {{ open_end() }}

),

-- The importer's own statement goes before the reconciled one; each is compared with its like.
rerouting as (

    select
        gains.action_id,
        gains.is_placebo,
        gains.product_code,
        gains.partner_code,
        gains.period_start,
        coalesce(
            sum(case when later.reported_by = 'importer' then later.value_usd - earlier.value_usd end) > 0,
            sum(case when later.reported_by = 'reconciled' then later.value_usd - earlier.value_usd end) > 0
        ) as is_rerouting_suspect
    from compared as gains
    inner join partners as gaining on gains.partner_code = gaining.partner_code
    inner join third_countries as later
        on gaining.iso2 = later.importer_code
        and gains.product_code = later.product_code
        and gains.period_start = later.period_start
        and gains.period_months = later.period_months
    inner join third_countries as earlier
        on later.reported_by = earlier.reported_by
        and later.importer_code = earlier.importer_code
        and later.exporter_code = earlier.exporter_code
        and later.product_code = earlier.product_code
        and gains.base_period = earlier.period_start
        and gains.base_months = earlier.period_months
    inner join partners as hit on later.exporter_code = hit.iso2 and gaining.iso2 <> hit.iso2
    inner join hit_partners on gains.action_id = hit_partners.action_id and hit.partner_code = hit_partners.partner_code
    where
        gains.product_level = 'HS6'
        and gains.actual_value_usd - gains.constant_share_usd >= {{ var('least_diversion_usd') }}
    group by gains.action_id, gains.is_placebo, gains.product_code, gains.partner_code, gains.period_start

)

select
    compared.action_id,
    compared.is_placebo,
    compared.product_level,
    compared.product_code,
    compared.partner_code,
    hit_partners.partner_code is not null as is_hit_partner,
    compared.base_period,
    compared.base_months,
    compared.period_start,
    compared.period_months,
    compared.coverage_share,
    'import_value_consumption_usd' as measure,
    compared.actual_value_usd,
    cast(round(compared.constant_share_usd, 0) as bigint) as constant_share_value_usd,
    compared.actual_value_usd - cast(round(compared.constant_share_usd, 0) as bigint) as diversion_usd,
    rerouting.is_rerouting_suspect
from compared
left join hit_partners
    on compared.action_id = hit_partners.action_id
    and compared.partner_code = hit_partners.partner_code
left join rerouting
    on compared.product_level = 'HS6'
    and compared.action_id = rerouting.action_id
    and compared.is_placebo = rerouting.is_placebo
    and compared.product_code = rerouting.product_code
    and compared.partner_code = rerouting.partner_code
    and compared.period_start = rerouting.period_start
where abs(compared.actual_value_usd - compared.constant_share_usd) >= {{ var('least_diversion_usd') }}
