-- Grain: one row a round × act first stated within 14 days of it.

with acts as (

    select
        action_id,
        issuer,
        issuer_country,
        authority,
        instrument,
        direction,
        rationale,
        round_id,
        {{ first_statement_on() }} as stated_on
    from {{ ref('dim_action') }}

),

rounds as (

    select
        round_id,
        starts_on,
        coalesce(ends_on, starts_on) as ends_on
    from {{ ref('dim_round') }}

)

select
    rounds.round_id,
    acts.action_id,
    cast(
        case
            when acts.stated_on < rounds.starts_on then -{{ days_between('acts.stated_on', 'rounds.starts_on') }}
            when acts.stated_on > rounds.ends_on then {{ days_between('rounds.ends_on', 'acts.stated_on') }}
            else 0
        end as bigint
    ) as days_from_round,
    acts.direction,
    acts.instrument,
    acts.stated_on,
    acts.issuer,
    acts.issuer_country,
    acts.authority,
    acts.rationale,
    coalesce(acts.round_id = rounds.round_id, false) as is_of_round
from rounds
inner join acts
    on
    acts.stated_on >= {{ days_after('rounds.starts_on', -14) }}
    and acts.stated_on <= {{ days_after('rounds.ends_on', 14) }}
