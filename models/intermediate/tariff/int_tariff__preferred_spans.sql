-- Grain: one row a weighted line × partner to which a preference or claim is open × interval.

{{ config(materialized='table') }}

{# The best special duty open to it and the share that claims, over all of time: both may be absent for a while. #}

with weighted as (

    select distinct
        hts10,
        partner_code
    from {{ ref('int_tariff__weights') }}

),

-- A line's first and last special duty hold beyond its days in the schedule, as its general duty does; so does who may
-- claim the first.
rates as (

    select
        hts10,
        program_code,
        special_rate,
        min(valid_from) over (partition by hts10) as first_on,
        case
            when valid_from = min(valid_from) over (partition by hts10) then {{ always() }}
            else valid_from
        end as valid_from,
        case
            when valid_to = max(valid_to) over (partition by hts10) then {{ open_end() }}
            else valid_to
        end as valid_to
    from {{ ref('int_ordinary__special_rates') }}
    where known_to = {{ open_end() }}

),

specials as (

    select
        weighted.hts10,
        weighted.partner_code,
        rates.special_rate,
        case
            when rates.valid_from = {{ always() }} and rates.first_on > eligible.valid_from then {{ always() }}
            else greatest(rates.valid_from, eligible.valid_from)
        end as valid_from,
        least(rates.valid_to, eligible.valid_to) as valid_to
    from weighted
    inner join {{ ref('int_ordinary__program_partners') }} as eligible on weighted.partner_code = eligible.partner_code
    inner join rates
        on weighted.hts10 = rates.hts10
        and eligible.program_code = rates.program_code
        and eligible.valid_to > rates.valid_from
        and eligible.valid_from < rates.valid_to

),

claims as (

    select
        weighted.hts10,
        weighted.partner_code,
        shares.claim_share,
        shares.valid_from,
        shares.valid_to
    from weighted
    inner join {{ ref('int_claim__shares') }} as shares
        on weighted.hts10 = shares.hts10 and weighted.partner_code = shares.partner_code

),

cuts as (

    select
        hts10,
        partner_code,
        valid_from as cut_on
    from specials
    union
    select
        hts10,
        partner_code,
        valid_to as cut_on
    from specials
    union
    select
        hts10,
        partner_code,
        {{ always() }} as cut_on
    from specials
    union
    select
        hts10,
        partner_code,
        {{ open_end() }} as cut_on
    from specials
    union
    select
        hts10,
        partner_code,
        valid_from as cut_on
    from claims
    union
    select
        hts10,
        partner_code,
        valid_to as cut_on
    from claims
    union
    select
        hts10,
        partner_code,
        {{ always() }} as cut_on
    from claims
    union
    select
        hts10,
        partner_code,
        {{ open_end() }} as cut_on
    from claims

),

spans as (

    select
        hts10,
        partner_code,
        cut_on as valid_from,
        lead(cut_on) over (partition by hts10, partner_code order by cut_on) as valid_to
    from cuts

)

select
    spans.hts10,
    spans.partner_code,
    spans.valid_from,
    spans.valid_to,
    min(specials.special_rate) as special_rate,
    max(claims.claim_share) as claim_share
from spans
left join specials
    on spans.hts10 = specials.hts10
    and spans.partner_code = specials.partner_code
    and spans.valid_from >= specials.valid_from
    and spans.valid_from < specials.valid_to
left join claims
    on spans.hts10 = claims.hts10
    and spans.partner_code = claims.partner_code
    and spans.valid_from >= claims.valid_from
    and spans.valid_from < claims.valid_to
where spans.valid_to is not null
group by spans.hts10, spans.partner_code, spans.valid_from, spans.valid_to
