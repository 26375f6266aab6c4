-- Grain: one row a tightening act that touches much trade × product (HS6, HS2 or NAICS3) it reaches.

{#
    How far an act covers a product: of what the partners it hits sell of the product, the part it reaches, at the last
    weight year before the act took effect, or else the first one held.
#}
{{ config(materialized='table') }}

with acts as (

    select
        reached.action_id,
        min(reached.took_effect_on) as took_effect_on
    from {{ ref('int_policy__provision_reach') }} as reached
    inner join {{ ref('int_policy__exposure_margins') }} as whole
        on reached.action_id = whole.action_id
        and whole.provision_id = 'ALL'
        and whole.partner_code = 'ALL'
        and whole.product_level = 'ALL'
    where
        reached.is_with_act
        and reached.direction = 'tighten'
        and whole.marginal_import_value_consumption_usd >= {{ var('headline_exposure_usd') }}
    group by reached.action_id

),

years as (

    select distinct weight_year
    from {{ ref('int_policy__treatment_trade') }}

),

dated as (

    select
        acts.action_id,
        acts.took_effect_on,
        coalesce(
            max(case when years.weight_year < year(acts.took_effect_on) then years.weight_year end),
            min(years.weight_year)
        ) as weight_year
    from acts
    cross join years
    group by acts.action_id, acts.took_effect_on

),

reached as (

    select distinct
        dated.action_id,
        dated.took_effect_on,
        dated.weight_year,
        reached.treatment_id
    from dated
    inner join {{ ref('int_policy__provision_reach') }} as reached on dated.action_id = reached.action_id
    where reached.is_with_act

),

hit_partners as (

    select
        dated.action_id,
        dated.weight_year,
        margins.partner_code
    from dated
    inner join {{ ref('int_policy__exposure_margins') }} as margins
        on dated.action_id = margins.action_id
        and dated.weight_year = margins.weight_year
    where
        margins.provision_id = 'ALL'
        and margins.partner_code <> 'ALL'
        and margins.marginal_import_value_consumption_usd > 0

),

exposed as (

    select
        reached.action_id,
        trade.hs6,
        trade.chapter,
        trade.naics3,
        sum(trade.import_value_consumption_usd) as exposed_usd
    from reached
    inner join {{ ref('int_policy__treatment_trade') }} as trade
        on reached.treatment_id = trade.treatment_id
        and reached.weight_year = trade.weight_year
    inner join hit_partners
        on reached.action_id = hit_partners.action_id
        and trade.partner_code = hit_partners.partner_code
    group by reached.action_id, trade.hs6, trade.chapter, trade.naics3

),

partner_trade as (

    select
        weight_year,
        partner_code,
        hs6,
        chapter,
        naics3,
        sum(import_value_consumption_usd) as value_usd
    from {{ ref('int_policy__treatment_trade') }}
    group by weight_year, partner_code, hs6, chapter, naics3

),

sold as (

    select
        hit_partners.action_id,
        trade.hs6,
        trade.chapter,
        trade.naics3,
        sum(trade.value_usd) as sold_usd
    from hit_partners
    inner join partner_trade as trade
        on hit_partners.partner_code = trade.partner_code
        and hit_partners.weight_year = trade.weight_year
    group by hit_partners.action_id, trade.hs6, trade.chapter, trade.naics3

),

-- Both under each other at every level.
{%- set levels = [('HS6', 'hs6'), ('HS2', 'chapter'), ('NAICS3', 'naics3')] %}
parts as (

    {%- for level, column in levels %}
    {%- for relation, exposed_usd, sold_usd in [('exposed', 'exposed_usd', '0'), ('sold', '0', 'sold_usd')] %}
    select
        action_id,
        '{{ level }}' as product_level,
        {{ column }} as product_code,
        {{ exposed_usd }} as exposed_usd,
        {{ sold_usd }} as sold_usd
    from {{ relation }}
    where {{ column }} is not null
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}

),

world_trade as (

    {%- for level, column in levels %}
    select
        weight_year,
        '{{ level }}' as product_level,
        {{ column }} as product_code,
        sum(value_usd) as value_usd
    from partner_trade
    where {{ column }} is not null
    group by weight_year, {{ column }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}

),

products as (

    select
        action_id,
        product_level,
        product_code,
        sum(exposed_usd) as exposed_usd,
        sum(sold_usd) as sold_usd
    from parts
    group by action_id, product_level, product_code
    having sum(exposed_usd) > 0

)

select
    products.action_id,
    dated.took_effect_on,
    products.product_level,
    products.product_code,
    dated.weight_year,
    cast(products.exposed_usd as bigint) as exposed_import_value_consumption_usd,
    cast(products.sold_usd as bigint) as import_value_consumption_of_hit_partners_usd,
    cast(world_trade.value_usd as bigint) as import_value_consumption_usd
from products
inner join dated on products.action_id = dated.action_id
inner join world_trade
    on dated.weight_year = world_trade.weight_year
    and products.product_level = world_trade.product_level
    and products.product_code = world_trade.product_code
