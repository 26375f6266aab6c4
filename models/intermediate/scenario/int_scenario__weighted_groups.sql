-- Grain: one row a scenario × partner × pair of sets × class of goods × ordinary duty × claiming × interval.

{{ config(materialized='table') }}

{#
    The trade of the cells that segments reach, added up where law and scenario make the same of it. A cell's duty is
    linear in the share that claims; cells of which none or all claims are kept apart, for there the other state has no
    say (macros/tariff_cell.sql). Classes of goods are told apart only where a set divides the value.

    Where a step holds law of another day that depends on a claim, the share that claims is that day's too: nobody
    claims an exclusion once it has ended.
#}

with divided as (

    select distinct
        false as is_scenario,
        duty_set_id
    from {{ ref('int_tariff__duty_rates') }}
    where product_class_id > 0
    union all
    select distinct
        true as is_scenario,
        duty_set_id
    from {{ ref('int_scenario__set_rates') }}
    where product_class_id > 0

),

claims_of_other_days as (

    select
        segment_id,
        max(as_on) as as_on
    from {{ ref('int_scenario__segment_statements') }}
    where claim is not null and as_on < {{ open_end() }}
    group by segment_id

),

then_claiming as (

    select
        cells.hts10,
        cells.partner_code,
        days.as_on,
        cells.claim_share
    from (select distinct as_on from claims_of_other_days) as days
    inner join {{ ref('int_scenario__ordinary_cells') }} as cells
        on days.as_on >= cells.valid_from and days.as_on < cells.valid_to

),

cells as (

    select
        grouped.scenario_id,
        cells.hts10,
        cells.partner_code,
        cells.product_class_id,
        cells.treatment_id,
        cells.import_value_consumption_usd as value_usd,
        cells.ordinary_id,
        cells.claim_share,
        cells.valid_from,
        cells.valid_to,
        coalesce(keyed_lines.goods_key, '') as goods_key,
        coalesce(keyed_partners.partners_key, '') as partners_key
    from {{ ref('int_scenario__ordinary_cells') }} as cells
    inner join (
        select distinct
            scenario_id,
            treatment_id
        from {{ ref('int_scenario__groups') }}
    ) as grouped on cells.treatment_id = grouped.treatment_id
    left join {{ ref('int_scenario__keyed_lines') }} as keyed_lines
        on grouped.scenario_id = keyed_lines.scenario_id and cells.hts10 = keyed_lines.hts10
    left join {{ ref('int_scenario__keyed_partners') }} as keyed_partners
        on grouped.scenario_id = keyed_partners.scenario_id and cells.partner_code = keyed_partners.partner_code

),

treated as (

    select
        cells.scenario_id,
        cells.partner_code,
        cells.value_usd,
        segments.law_duty_set_id,
        sets.duty_set_id as scenario_duty_set_id,
        cells.product_class_id,
        cells.ordinary_id,
        cells.claim_share as law_claim_share,
        coalesce(then_claiming.claim_share, cells.claim_share) as scenario_claim_share,
        greatest(cells.valid_from, segments.valid_from) as valid_from,
        least(cells.valid_to, segments.valid_to) as valid_to
    from cells
    inner join {{ ref('int_scenario__segments') }} as segments
        on cells.scenario_id = segments.scenario_id
        and cells.treatment_id = segments.treatment_id
        and cells.goods_key = segments.goods_key
        and cells.partners_key = segments.partners_key
        and cells.valid_from < segments.valid_to
        and cells.valid_to > segments.valid_from
    inner join {{ ref('int_scenario__segment_sets') }} as sets on segments.segment_id = sets.segment_id
    left join claims_of_other_days on segments.segment_id = claims_of_other_days.segment_id
    left join then_claiming
        on cells.hts10 = then_claiming.hts10
        and cells.partner_code = then_claiming.partner_code
        and claims_of_other_days.as_on = then_claiming.as_on

),

weighed as (

    select
        treated.scenario_id,
        treated.partner_code,
        treated.law_duty_set_id,
        treated.scenario_duty_set_id,
        case
            when divided_law.duty_set_id is not null or divided_scenario.duty_set_id is not null
                then treated.product_class_id
            else 0
        end as product_class_id,
        treated.ordinary_id,
        {{ claiming('treated.law_claim_share') }} as law_claiming,
        {{ claiming('treated.scenario_claim_share') }} as scenario_claiming,
        treated.valid_from,
        treated.valid_to,
        treated.value_usd,
        treated.value_usd * treated.law_claim_share as law_claimed_value_usd,
        treated.value_usd * treated.scenario_claim_share as scenario_claimed_value_usd
    from treated
    left join divided as divided_law
        on treated.law_duty_set_id = divided_law.duty_set_id and not divided_law.is_scenario
    left join divided as divided_scenario
        on treated.scenario_duty_set_id = divided_scenario.duty_set_id and divided_scenario.is_scenario

)

select
    scenario_id,
    partner_code,
    law_duty_set_id,
    scenario_duty_set_id,
    product_class_id,
    ordinary_id,
    law_claiming,
    scenario_claiming,
    valid_from,
    valid_to,
    sum(cast(value_usd as decimal(28, 4))) as value_usd,
    sum(cast(law_claimed_value_usd as decimal(28, 4))) as law_claimed_value_usd,
    sum(cast(scenario_claimed_value_usd as decimal(28, 4))) as scenario_claimed_value_usd
from weighed
group by
    scenario_id,
    partner_code,
    law_duty_set_id,
    scenario_duty_set_id,
    product_class_id,
    ordinary_id,
    law_claiming,
    scenario_claiming,
    valid_from,
    valid_to
