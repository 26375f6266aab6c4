-- Macro: core.trade_in_hs_edition(edition, known_on := current_date)
-- Trade at ten digits (HTS10, Schedule B) by six-digit subheading of one edition of the Harmonized System (HS2012,
-- HS2017 or HS2022; any other is an error), as reported on a day, whatever edition it was reported in:
-- core.bridge_hs_concordance. Amounts are whole dollars and add up to those reported, to the dollar. A code is of the
-- newest edition in force by the end of its period that has it. One that no edition has (chapters 98 and 99, 8800.00 of
-- exports) keeps its number, with basis not_in_hs, as does one without a link, with basis unlinked. Otherwise basis is
-- the least firm of what the row rests on: as_reported, only_target, un_conversion, trade, equal.

{% set measures = [
    'import_value_consumption_usd', 'import_value_general_usd', 'dutiable_value_usd', 'calculated_duty_usd',
    'import_charges_usd', 'export_value_fas_usd',
] %}
{% set bases = ['as_reported', 'only_target', 'un_conversion', 'trade', 'equal', 'unlinked', 'not_in_hs'] %}
with reported as (

    select
        flow,
        partner_code,
        period_start,
        period_months,
        substr(product_code, 1, 6) as hs6,
        {%- for measure in measures %}
        case when count(*) = count({{ measure }}) then cast(sum({{ measure }}) as bigint) end as {{ measure }}
        {%- if not loop.last %},{% endif %}
        {%- endfor %}
    from core.fct_trade_flow
    where product_level in ('HTS10', 'SB10') and known_from <= known_on and known_on < known_to
    group by all

),

own_editions as (

    select
        codes.hs6,
        codes.period_start,
        codes.period_months,
        max_by(subheadings.from_edition, subheadings.valid_from) as own_edition
    from (select distinct hs6, period_start, period_months from reported) as codes
    inner join (
        select distinct
            from_edition,
            from_hs6,
            valid_from
        from core.bridge_hs_concordance
    ) as subheadings
        on codes.hs6 = subheadings.from_hs6
        and codes.period_start + to_months(codes.period_months) > subheadings.valid_from
    group by all

),

parts as (

    select
        from_edition,
        from_hs6,
        to_hs6,
        list_position({{ bases }}, weight_basis) as firmness,
        (sum(billionths) over up_to_it - billionths) / 1e9 as part_from,
        sum(billionths) over up_to_it / 1e9 as part_to
    from (
        select
            *,
            cast(round(weight_share * 1e9) as bigint) as billionths
        from core.bridge_hs_concordance
        where
            case
                when edition in (select linked.to_edition from core.bridge_hs_concordance as linked)
                    then to_edition = edition and weight_share > 0
                else cast(error('The edition is not one of HS2012, HS2017 and HS2022.') as boolean)
            end
    ) as shares
    window up_to_it as (
        partition by from_edition, from_hs6 order by to_hs6 rows between unbounded preceding and current row
    )

),

-- A subheading's amount is cut where its parts end, each end rounded: the last ends at one, so none is lost.
converted as (

    select
        reported.flow,
        reported.partner_code,
        reported.period_start,
        reported.period_months,
        coalesce(parts.to_hs6, reported.hs6) as hs6,
        case
            when own_editions.own_edition is null then list_position({{ bases }}, 'not_in_hs')
            when own_editions.own_edition = edition then list_position({{ bases }}, 'as_reported')
            when parts.to_hs6 is null then list_position({{ bases }}, 'unlinked')
            else parts.firmness
        end as firmness,
        {%- for measure in measures %}
        case
            when parts.to_hs6 is null then reported.{{ measure }}
            else
                cast(round(reported.{{ measure }} * parts.part_to) as bigint)
                - cast(round(reported.{{ measure }} * parts.part_from) as bigint)
        end as {{ measure }}
        {%- if not loop.last %},{% endif %}
        {%- endfor %}
    from reported
    left join own_editions using (hs6, period_start, period_months)
    left join parts on own_editions.own_edition = parts.from_edition and reported.hs6 = parts.from_hs6

)

select
    flow,
    partner_code,
    hs6,
    period_start,
    period_months,
    list_extract({{ bases }}, max(firmness)) as basis,
    {%- for measure in measures %}
    case when count(*) = count({{ measure }}) then cast(sum({{ measure }}) as bigint) end as {{ measure }}
    {%- if not loop.last %},{% endif %}
    {%- endfor %}
from converted
group by flow, partner_code, hs6, period_start, period_months
