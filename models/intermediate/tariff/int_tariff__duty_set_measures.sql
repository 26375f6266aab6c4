-- Grain: one row a duty set × part of the value × with or without a claim × statement that is present there.

{{ config(materialized='table') }}

{#
    The law of one entry, worked out in pure states: of one part of the value (a metal, or what is not that metal), with
    or without a claim. A statement reaches a share of the goods (reach_share); what an exemption takes out of its
    programme, and what another programme has first by a stacking rule, is taken off that share. An exemption stands
    beside what it takes from, with the share it takes.
#}

with states as (

    select
        parts.duty_set_id,
        parts.content,
        claims.is_claimed
    from (
        select distinct
            duty_set_id,
            'other' as content
        from {{ ref('int_tariff__duty_set_statements') }}
        union
        select distinct
            duty_set_id,
            content
        from {{ ref('int_tariff__duty_set_statements') }}
        where content is not null
    ) as parts
    cross join (
        select false as is_claimed
        union all
        select true as is_claimed
    ) as claims

),

present as (

    select
        states.duty_set_id,
        states.content,
        states.is_claimed,
        statements.statement_id,
        statements.programme,
        statements.rate_component,
        statements.operation,
        statements.measure_rate,
        statements.rate_column,
        statements.reach_share
    from states
    inner join {{ ref('int_tariff__duty_set_statements') }} as statements
        on states.duty_set_id = statements.duty_set_id
        and (statements.content is null or states.content = statements.content)
        and (
            statements.claim is null
            or (statements.claim = 'claimed' and states.is_claimed)
            or (statements.claim = 'unclaimed' and not states.is_claimed)
        )

),

exempt as (

    select
        duty_set_id,
        content,
        is_claimed,
        programme,
        max(reach_share) as exempt_share
    from present
    where operation = 'exempt'
    group by duty_set_id, content, is_claimed, programme

),

charged as (

    select
        present.duty_set_id,
        present.content,
        present.is_claimed,
        present.statement_id,
        present.programme,
        present.rate_component,
        present.operation,
        present.measure_rate,
        present.rate_column,
        case
            when exempt.exempt_share is null then present.reach_share
            else present.reach_share * (1 - exempt.exempt_share)
        end as charged_share
    from present
    left join exempt
        on present.duty_set_id = exempt.duty_set_id
        and present.content = exempt.content
        and present.is_claimed = exempt.is_claimed
        and present.programme = exempt.programme
    where present.operation <> 'exempt'

),

programme_shares as (

    select
        duty_set_id,
        content,
        is_claimed,
        programme,
        max(charged_share) as charged_share
    from charged
    group by duty_set_id, content, is_claimed, programme

),

whole_shares as (

    select
        duty_set_id,
        is_claimed,
        programme,
        max(charged_share) as charged_share
    from charged
    group by duty_set_id, is_claimed, programme

),

displaced as (

    select
        duty_set_id,
        content,
        is_claimed,
        applies_to_programme,
        max(charged_share) as displaced_share
    from (
        select
            rules.duty_set_id,
            programme_shares.content,
            programme_shares.is_claimed,
            rules.applies_to_programme,
            programme_shares.charged_share
        from {{ ref('int_tariff__duty_set_rules') }} as rules
        inner join programme_shares
            on rules.duty_set_id = programme_shares.duty_set_id
            and rules.yields_to_programme = programme_shares.programme
        where rules.value_share = 'same_part'
        union all
        select
            rules.duty_set_id,
            states.content,
            states.is_claimed,
            rules.applies_to_programme,
            whole_shares.charged_share
        from {{ ref('int_tariff__duty_set_rules') }} as rules
        inner join whole_shares
            on rules.duty_set_id = whole_shares.duty_set_id
            and rules.yields_to_programme = whole_shares.programme
        inner join states
            on whole_shares.duty_set_id = states.duty_set_id
            and whole_shares.is_claimed = states.is_claimed
        where rules.value_share = 'all'
    ) as yielded
    group by duty_set_id, content, is_claimed, applies_to_programme

)

select
    charged.duty_set_id,
    charged.content,
    charged.is_claimed,
    charged.statement_id,
    charged.programme,
    charged.rate_component,
    charged.operation,
    charged.measure_rate,
    charged.rate_column,
    case
        when displaced.displaced_share is null then charged.charged_share
        else charged.charged_share * (1 - displaced.displaced_share)
    end as net_share
from charged
left join displaced
    on charged.duty_set_id = displaced.duty_set_id
    and charged.content = displaced.content
    and charged.is_claimed = displaced.is_claimed
    and charged.programme = displaced.applies_to_programme
union all
select
    duty_set_id,
    content,
    is_claimed,
    statement_id,
    programme,
    rate_component,
    operation,
    measure_rate,
    rate_column,
    reach_share as net_share
from present
where operation = 'exempt'
