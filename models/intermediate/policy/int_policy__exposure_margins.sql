-- Grain: one row a unit (provision, act or authority) × weight year × margin (all, partner, chapter, NAICS sector).

{{ config(materialized='table') }}

{#
    Gross: all trade the unit ever reaches. Marginal: of that, the trade whose duty changed on a day the unit took
    effect for it, in a component of the duty that the unit's measures make; NULL where it never did. All imports of the
    margin stand beside both, lines no schedule prints too. Goods without a sector are a row of NAICS3 of their own.
#}

{%- set margins = ['partner_code', 'chapter', 'naics3'] %}
{%- set unit = ['action_id', 'provision_id', 'authority'] %}

with units as (

    select *
    from {{ ref('int_policy__exposure_units') }}

),

lines as (

    select
        weights.weight_year,
        weights.hts10,
        weights.partner_code,
        substr(weights.hts10, 1, 2) as chapter,
        coalesce(sectors.naics3, 'unclassified') as naics3,
        weights.import_value_consumption_usd as value_usd
    from {{ ref('int_tariff__weights') }} as weights
    left join {{ ref('int_product__sectors') }} as sectors on weights.hts10 = sectors.hts10

),

trade as (

    select
        treatment_id,
        weight_year,
        partner_code,
        chapter,
        coalesce(naics3, 'unclassified') as naics3,
        sum(import_value_consumption_usd) as value_usd
    from {{ ref('int_policy__treatment_trade') }}
    group by treatment_id, weight_year, partner_code, chapter, coalesce(naics3, 'unclassified')

),

treatment_margins as (

    select
        treatment_id,
        weight_year,
        {{ margins_of(margins) }},
        sum(value_usd) as value_usd
    from trade
    group by {{ margin_sets(['treatment_id', 'weight_year'], margins) }}

),

changed_trade as (

    select
        changed.changed_on,
        changed.treatment_id,
        changed.rate_component,
        lines.weight_year,
        lines.partner_code,
        lines.chapter,
        lines.naics3,
        sum(lines.value_usd) as value_usd
    from {{ ref('int_policy__changed_cells') }} as changed
    inner join lines
        on changed.hts10 = lines.hts10
        and changed.partner_code = lines.partner_code
    group by
        changed.changed_on,
        changed.treatment_id,
        changed.rate_component,
        lines.weight_year,
        lines.partner_code,
        lines.chapter,
        lines.naics3

),

changed_margins as (

    select
        changed_on,
        treatment_id,
        rate_component,
        weight_year,
        {{ margins_of(margins) }},
        sum(value_usd) as value_usd
    from changed_trade
    group by {{ margin_sets(['changed_on', 'treatment_id', 'rate_component', 'weight_year'], margins) }}

),

-- Cells that a unit with several days or components changed more than once are counted once.
cells_changed_on_any_day as (

    select distinct
        units.action_id,
        units.provision_id,
        units.authority,
        changed.hts10,
        changed.partner_code
    from units
    inner join {{ ref('int_policy__changed_cells') }} as changed
        on units.treatment_id = changed.treatment_id
        and units.rate_component = changed.rate_component
        and units.took_effect_on = changed.changed_on
    where units.change_count > 1

),

changed_on_any_day as (

    select
        cells.action_id,
        cells.provision_id,
        cells.authority,
        lines.weight_year,
        lines.partner_code,
        lines.chapter,
        lines.naics3,
        sum(lines.value_usd) as value_usd
    from cells_changed_on_any_day as cells
    inner join lines
        on cells.hts10 = lines.hts10
        and cells.partner_code = lines.partner_code
    group by
        cells.action_id,
        cells.provision_id,
        cells.authority,
        lines.weight_year,
        lines.partner_code,
        lines.chapter,
        lines.naics3

),

parts as (

    select
        units.action_id,
        units.provision_id,
        units.authority,
        treatment_margins.weight_year,
        treatment_margins.partner_code,
        treatment_margins.product_level,
        treatment_margins.product_code,
        treatment_margins.value_usd as exposed_usd,
        case when units.change_count > 0 then 0 end as marginal_usd
    from units
    inner join treatment_margins on units.treatment_id = treatment_margins.treatment_id
    where units.place = 1
    union all
    select
        units.action_id,
        units.provision_id,
        units.authority,
        changed_margins.weight_year,
        changed_margins.partner_code,
        changed_margins.product_level,
        changed_margins.product_code,
        0 as exposed_usd,
        changed_margins.value_usd as marginal_usd
    from units
    inner join changed_margins
        on units.treatment_id = changed_margins.treatment_id
        and units.rate_component = changed_margins.rate_component
        and units.took_effect_on = changed_margins.changed_on
    where units.change_count = 1
    union all
    select
        {{ unit | join(', ') }},
        weight_year,
        {{ margins_of(margins) }},
        0 as exposed_usd,
        sum(value_usd) as marginal_usd
    from changed_on_any_day
    group by {{ margin_sets(unit + ['weight_year'], margins) }}

),

whole as (

    select
        weight_year,
        {{ margins_of(margins) }},
        sum(value_usd) as value_usd
    from lines
    group by {{ margin_sets(['weight_year'], margins) }}

)

select
    parts.action_id,
    parts.provision_id,
    parts.authority,
    parts.weight_year,
    parts.partner_code,
    parts.product_level,
    parts.product_code,
    cast(sum(parts.exposed_usd) as bigint) as exposed_import_value_consumption_usd,
    cast(sum(parts.marginal_usd) as bigint) as marginal_import_value_consumption_usd,
    cast(max(whole.value_usd) as bigint) as import_value_consumption_usd
from parts
inner join whole
    on parts.weight_year = whole.weight_year
    and parts.partner_code = whole.partner_code
    and parts.product_level = whole.product_level
    and parts.product_code = whole.product_code
group by
    parts.action_id,
    parts.provision_id,
    parts.authority,
    parts.weight_year,
    parts.partner_code,
    parts.product_level,
    parts.product_code
