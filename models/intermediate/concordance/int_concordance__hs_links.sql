-- Grain: one row a subheading of one edition of the Harmonized System × edition × linked subheading of that edition.

{#
    What part of a subheading's value goes to each subheading it is linked to (docs/methods/trade_flows.md). To the
    older edition: all of it along the link the United Nations convert along. To the newer one: by the trade measured in
    the newer subheadings that are converted to it, so that both directions rest on one table of joint values. Where
    nothing is measured: in equal parts. From 2022 to 2012 and back: through 2017.

    How firm a share is: 0 only_target, 1 un_conversion, 2 trade, 3 equal; a chain is as firm as its weakest step.
#}
{{ config(materialized='table', meta={'settles': true}) }}

with editions as (

    select
        hs_edition,
        valid_from,
        valid_to
    from {{ ref('hs_editions') }}

),

links as (

    select
        newer_edition,
        older_edition,
        newer_hs6,
        older_hs6,
        is_conversion
    from {{ ref('stg_un_hs_correlations__links') }}
    where known_to = {{ open_end() }}

),

newest_trade as (

    select
        substr(flows.product_code, 1, 6) as hs6,
        sum(flows.import_value_consumption_usd) as trade_usd
    from {{ ref('stg_census_imports__flows') }} as flows
    inner join editions
        on flows.period_start >= editions.valid_from
        and flows.period_start < editions.valid_to
        and editions.hs_edition = 'HS2022'
    where flows.product_level = 'HTS10' and flows.known_to = {{ open_end() }}
    group by substr(flows.product_code, 1, 6)

),

middle_trade as (

    select
        links.older_hs6 as hs6,
        sum(newest_trade.trade_usd) as trade_usd
    from links
    inner join newest_trade on links.newer_hs6 = newest_trade.hs6
    where links.newer_edition = 'HS2022' and links.is_conversion
    group by links.older_hs6

),

trade as (

    select
        'HS2022' as hs_edition,
        hs6,
        trade_usd
    from newest_trade
    union all
    select
        'HS2017' as hs_edition,
        hs6,
        trade_usd
    from middle_trade

),

measured as (

    select
        links.newer_edition,
        links.older_edition,
        links.newer_hs6,
        links.older_hs6,
        links.is_conversion,
        trade.trade_usd
    from links
    left join trade on links.newer_edition = trade.hs_edition and links.newer_hs6 = trade.hs6

),

counted as (

    select
        newer_edition,
        older_edition,
        newer_hs6,
        older_hs6,
        is_conversion,
        trade_usd,
        count(*) over (partition by newer_edition, newer_hs6) as older_count,
        count(*) over (partition by older_edition, older_hs6) as newer_count,
        sum(case when is_conversion then 1 else 0 end) over (
            partition by older_edition, older_hs6
        ) as converted_count,
        sum(case when is_conversion then trade_usd end) over (
            partition by older_edition, older_hs6
        ) as converted_trade_usd,
        sum(trade_usd) over (partition by older_edition, older_hs6) as linked_trade_usd
    from measured

),

directed as (

    select
        newer_edition as from_edition,
        newer_hs6 as from_hs6,
        older_edition as to_edition,
        older_hs6 as to_hs6,
        case when older_count = 1 then 0 else 1 end as firmness,
        cast(case when is_conversion then 1 else 0 end as double) as amount
    from counted
    union all
    select
        older_edition as from_edition,
        older_hs6 as from_hs6,
        newer_edition as to_edition,
        newer_hs6 as to_hs6,
        case
            when newer_count = 1 then 0
            when converted_count = 1 then 1
            when converted_trade_usd > 0 then 2
            when converted_count > 1 then 3
            when linked_trade_usd > 0 then 2
            else 3
        end as firmness,
        cast(
            case
                when newer_count = 1 then 1
                when converted_count = 1 then case when is_conversion then 1 else 0 end
                when converted_trade_usd > 0 then case when is_conversion and trade_usd > 0 then trade_usd else 0 end
                when converted_count > 1 then case when is_conversion then 1 else 0 end
                when linked_trade_usd > 0 then case when trade_usd > 0 then trade_usd else 0 end
                else 1
            end as double
        ) as amount
    from counted

),

steps as (

    {{ with_weight_share(
        'directed', ['from_edition', 'from_hs6', 'to_edition', 'to_hs6', 'firmness'],
        ['from_edition', 'from_hs6', 'to_edition'], 'to_hs6', 'amount'
    ) }}

),

whole_steps as (

    select
        from_edition,
        from_hs6,
        to_edition,
        to_hs6,
        firmness,
        cast(round(weight_share * 1000000000) as bigint) as billionths
    from steps

),

chained as (

    select
        begun.from_edition,
        begun.from_hs6,
        ended.to_edition,
        ended.to_hs6,
        cast(sum(begun.billionths * ended.billionths) as bigint) as amount,
        max(
            case
                when begun.billionths > 0 and ended.billionths > 0 then greatest(begun.firmness, ended.firmness)
                else 0
            end
        ) as firmness
    from whole_steps as begun
    inner join whole_steps as ended
        on begun.to_edition = ended.from_edition
        and begun.to_hs6 = ended.from_hs6
        and begun.from_edition <> ended.to_edition
    group by begun.from_edition, begun.from_hs6, ended.to_edition, ended.to_hs6

),

firm as (

    select
        from_edition,
        from_hs6,
        to_edition,
        to_hs6,
        amount,
        max(firmness) over (partition by from_edition, from_hs6, to_edition) as firmness
    from chained

),

chains as (

    {{ with_weight_share(
        'firm', ['from_edition', 'from_hs6', 'to_edition', 'to_hs6', 'firmness'],
        ['from_edition', 'from_hs6', 'to_edition'], 'to_hs6', 'amount'
    ) }}

),

all_links as (

    select
        from_edition,
        from_hs6,
        to_edition,
        to_hs6,
        firmness,
        weight_share
    from steps
    union all
    select
        from_edition,
        from_hs6,
        to_edition,
        to_hs6,
        firmness,
        weight_share
    from chains

),

related as (

    select
        from_edition,
        from_hs6,
        to_edition,
        to_hs6,
        firmness,
        weight_share,
        count(*) over (partition by from_edition, from_hs6, to_edition) as to_count,
        count(*) over (partition by from_edition, to_edition, to_hs6) as from_count
    from all_links

)

select
    related.from_edition,
    related.from_hs6,
    related.to_edition,
    related.to_hs6,
    case when related.from_count = 1 then '1' else 'n' end || ':'
    || case when related.to_count = 1 then '1' else 'n' end as relationship,
    related.weight_share,
    case related.firmness
        when 0 then 'only_target'
        when 1 then 'un_conversion'
        when 2 then 'trade'
        else 'equal'
    end as weight_basis,
    editions.valid_from,
    editions.valid_to
from related
inner join editions on related.from_edition = editions.hs_edition
