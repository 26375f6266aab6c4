-- Grain: one row a discontinued ten-digit line × edition that no longer printed it × line its goods went to.

{#
    Lines an edition of the schedule no longer prints, linked to lines of that edition by the best evidence there is
    (docs/methods/trade_flows.md): a new line of the same full text; a new line of the same eight digits; what is left
    of them; a new line of the same subheading; the United Nations' links where the subheading itself changed; what is
    left of the subheading. Chapters 98 and 99 have no subheadings of the Harmonized System. A line without any of it is
    unlinked: it goes nowhere rather than somewhere guessed.
#}

with lines as (

    select
        hts10,
        substr(hts10, 1, 8) as hts8,
        substr(hts10, 1, 6) as hs6,
        description,
        known_from,
        known_to
    from {{ ref('int_product__described_lines') }}

),

editions as (

    select
        revision,
        released_on
    from {{ ref('int_schedule__editions') }}

),

first_edition as (

    select min(released_on) as released_on from editions

),

discontinued as (

    select
        lines.hts10,
        lines.hts8,
        lines.hs6,
        lines.description,
        lines.known_to as changed_on
    from lines
    left join lines as continued on lines.hts10 = continued.hts10 and lines.known_to = continued.known_from
    where lines.known_to < {{ open_end() }} and continued.hts10 is null

),

change_days as (

    select distinct changed_on from discontinued

),

standing as (

    select
        change_days.changed_on,
        lines.hts10,
        lines.hts8,
        lines.hs6,
        lines.description,
        lines.known_from = change_days.changed_on
        and before.hts10 is null
        and change_days.changed_on > first_edition.released_on as is_established
    from change_days
    inner join lines on change_days.changed_on >= lines.known_from and change_days.changed_on < lines.known_to
    left join lines as before on lines.hts10 = before.hts10 and lines.known_from = before.known_to
    cross join first_edition

),

correlated as (

    select
        links.from_hs6,
        links.to_hs6,
        newer.valid_from,
        newer.valid_to
    from {{ ref('int_concordance__hs_links') }} as links
    inner join {{ ref('hs_editions') }} as newer on links.to_edition = newer.hs_edition
    where links.valid_to = newer.valid_from and links.weight_share > 0

),

candidates as (

    select
        discontinued.hts10 as from_hts10,
        discontinued.changed_on,
        standing.hts10 as to_hts10,
        case
            when standing.is_established and standing.hts8 = discontinued.hts8 then 2
            when standing.hts8 = discontinued.hts8 then 3
            when standing.is_established then 4
            else 7
        end as rank_of_evidence
    from discontinued
    inner join standing
        on discontinued.changed_on = standing.changed_on
        and discontinued.hs6 = standing.hs6
    where discontinued.hts8 = standing.hts8 or discontinued.hs6 < '98'
    union all
    select
        discontinued.hts10 as from_hts10,
        discontinued.changed_on,
        standing.hts10 as to_hts10,
        1 as rank_of_evidence
    from discontinued
    inner join standing
        on discontinued.changed_on = standing.changed_on
        and discontinued.description = standing.description
    where standing.is_established
    union all
    select
        discontinued.hts10 as from_hts10,
        discontinued.changed_on,
        standing.hts10 as to_hts10,
        case when standing.is_established then 5 else 6 end as rank_of_evidence
    from discontinued
    inner join correlated
        on discontinued.hs6 = correlated.from_hs6
        and discontinued.changed_on >= correlated.valid_from
        and discontinued.changed_on < correlated.valid_to
    inner join standing
        on discontinued.changed_on = standing.changed_on
        and correlated.to_hs6 = standing.hs6

),

ranked as (

    select
        from_hts10,
        changed_on,
        to_hts10,
        rank_of_evidence,
        min(rank_of_evidence) over (partition by from_hts10, changed_on) as best_rank
    from candidates

),

trade as (

    select
        product_code as hts10,
        sum(import_value_consumption_usd) as trade_usd
    from {{ ref('stg_census_imports__flows') }}
    where product_level = 'HTS10' and known_to = {{ open_end() }}
    group by product_code

),

chosen as (

    select
        ranked.from_hts10,
        ranked.changed_on,
        ranked.to_hts10,
        ranked.rank_of_evidence,
        trade.trade_usd,
        count(*) over (partition by ranked.from_hts10, ranked.changed_on) as target_count,
        sum(trade.trade_usd) over (partition by ranked.from_hts10, ranked.changed_on) as target_trade_usd
    from ranked
    left join trade on ranked.to_hts10 = trade.hts10
    where ranked.rank_of_evidence = ranked.best_rank

),

amounts as (

    select
        from_hts10,
        changed_on,
        to_hts10,
        rank_of_evidence,
        case
            when target_count = 1 then 'only_target'
            when target_trade_usd > 0 then 'trade'
            else 'equal'
        end as weight_basis,
        cast(
            case
                when target_count > 1 and target_trade_usd > 0 then case when trade_usd > 0 then trade_usd else 0 end
                else 1
            end as double
        ) as amount
    from chosen

),

shares as (

    {{ with_weight_share(
        'amounts', ['from_hts10', 'changed_on', 'to_hts10', 'rank_of_evidence', 'weight_basis'],
        ['from_hts10', 'changed_on'], 'to_hts10', 'amount'
    ) }}

)

select
    discontinued.hts10 as from_hts10,
    shares.to_hts10,
    discontinued.changed_on as valid_from,
    editions.revision,
    case
        when shares.rank_of_evidence = 1 then 'same_text'
        when shares.rank_of_evidence = 2 then 'same_hts8'
        when shares.rank_of_evidence = 3 then 'same_hts8_residual'
        when shares.rank_of_evidence = 4 then 'same_hs6'
        when shares.rank_of_evidence in (5, 6) then 'un_correlation'
        when shares.rank_of_evidence = 7 then 'same_hs6_residual'
        else 'unlinked'
    end as basis,
    shares.weight_share,
    shares.weight_basis,
    cast(
        row_number() over (
            partition by discontinued.hts10, discontinued.changed_on
            order by shares.weight_share desc, shares.to_hts10 asc
        ) as integer
    ) as link_number
from discontinued
inner join editions on discontinued.changed_on = editions.released_on
left join shares on discontinued.hts10 = shares.from_hts10 and discontinued.changed_on = shares.changed_on
