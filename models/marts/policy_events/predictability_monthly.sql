-- Grain: one row a month × issuer × authority × instrument × target.

{#
    Every act counts under its office, its country and ALL, and under each partner it is aimed at and ALL; grouping sets
    roll up authorities and instruments. Steps of the rate and what was not foreseen of it are told of all instruments
    of the United States.
#}

with {{ reversal_ctes() }},

acts as (

    select
        action_id,
        {{ first_of_month(first_statement_on()) }} as month,
        {{ first_statement_on() }} as stated_on,
        published_on,
        effective_on,
        issuer,
        issuer_country,
        administration,
        authority,
        instrument,
        direction,
        case
            when
                effective_on is null
                or direction = 'neutral'
                or instrument in ('ruling', 'negotiation', 'investigation', 'announcement') then null
            when comments_close_on <= effective_on then 0
            else 1
        end as is_without_consultation
    from {{ ref('dim_action') }}

),

reviewed as (

    {{ reviewed_to() }}

),

{# Reversals #}

undone_early as (

    select
        begun.action_id,
        begun.provision_id,
        sum(undone.share_undone) as share_undone
    from begun
    inner join undone
        on
        begun.action_id = undone.action_id
        and begun.provision_id = undone.provision_id
        and begun.first_started_on < undone.reversed_on
        and {{ days_after('begun.first_started_on', 90) }} >= undone.reversed_on
    group by begun.action_id, begun.provision_id

),

followed as (

    select
        begun.action_id,
        begun.provision_id,
        case when undone_early.share_undone >= 0.5 then 1 else 0 end as is_reversed
    from begun
    left join undone_early
        on
        begun.action_id = undone_early.action_id
        and begun.provision_id = undone_early.provision_id
    cross join reviewed
    where {{ days_after('begun.first_started_on', 90) }} <= reviewed.reviewed_on

),

{# Announced rates #}

{{ follow_through_ctes() }},

{# Acts and their provisions under every heading they count under #}

partners as (

    select
        partner_code,
        min(iso2) as iso2
    from {{ ref('dim_partner') }}
    group by partner_code

),

aims as (

    select
        targets.action_id,
        case when targets.target_code = 'ALL' then 'WORLD' else targets.target_code end as target_partner_code
    from {{ ref('bridge_action_target') }} as targets
    where targets.target_kind = 'partner'
    union
    select
        targets.action_id,
        coalesce(partners.partner_code, targets.target_code) as target_partner_code
    from {{ ref('bridge_action_target') }} as targets
    left join partners on targets.target_code = partners.iso2
    where targets.target_kind = 'country'
    union
    select
        targets.action_id,
        members.partner_code as target_partner_code
    from {{ ref('bridge_action_target') }} as targets
    inner join acts on targets.action_id = acts.action_id
    inner join {{ ref('bridge_partner_group') }} as members
        on
        targets.target_code = members.group_code
        and acts.stated_on >= members.valid_from
        and acts.stated_on < members.valid_to
    where targets.target_kind = 'partner_group'
    union
    select
        action_id,
        'ALL' as target_partner_code
    from acts

),

issuers as (

    select
        action_id,
        issuer as counted_issuer
    from acts
    union all
    select
        action_id,
        issuer_country as counted_issuer
    from acts
    where issuer_country is not null and issuer_country <> issuer
    union all
    select
        action_id,
        'ALL' as counted_issuer
    from acts

),

{# One row a provision; what is told of an act stands beside the first of its provisions. #}
told as (

    select
        provisions.action_id,
        provisions.provision_id,
        row_number() over (partition by provisions.action_id order by provisions.provision_id asc) as place,
        case
            when provisions.retroactive_to is null or provisions.retroactive_to < provisions.effective_on
                then {{ days_between('acts.stated_on', 'provisions.effective_on') }}
        end as notice_from_statement_days,
        case
            when provisions.retroactive_to is null or provisions.retroactive_to < provisions.effective_on
                then {{ days_between('acts.published_on', 'provisions.effective_on') }}
        end as notice_from_publication_days,
        case
            when provisions.direction = 'tighten' then {{ days_between('acts.stated_on', 'provisions.effective_on') }}
        end as tighten_notice_days,
        case when provisions.direction = 'tighten' then followed.is_reversed end as is_reversed,
        kept.follow_through
    from {{ ref('fct_action_provision') }} as provisions
    inner join acts on provisions.action_id = acts.action_id
    left join followed
        on
        provisions.action_id = followed.action_id
        and provisions.provision_id = followed.provision_id
    left join kept
        on
        provisions.action_id = kept.action_id
        and provisions.provision_id = kept.provision_id

),

headed as (

    select
        acts.month,
        issuers.counted_issuer as issuer,
        acts.authority,
        acts.instrument,
        aims.target_partner_code,
        case when told.place = 1 then acts.administration end as administration,
        case when told.place = 1 then 1 else 0 end as is_act,
        case when told.place = 1 and acts.direction = 'tighten' then 1 else 0 end as is_tighten,
        case when told.place = 1 and acts.direction = 'loosen' then 1 else 0 end as is_loosen,
        case when told.place = 1 then acts.is_without_consultation end as is_without_consultation,
        told.notice_from_statement_days,
        told.notice_from_publication_days,
        told.tighten_notice_days,
        told.is_reversed,
        told.follow_through
    from acts
    inner join told on acts.action_id = told.action_id
    inner join issuers on acts.action_id = issuers.action_id
    inner join aims on acts.action_id = aims.action_id
    where acts.month is not null

),

measured as (

    select
        month,
        issuer,
        case when grouping(authority) = 1 then 'ALL' else authority end as authority,
        case when grouping(instrument) = 1 then 'ALL' else instrument end as instrument,
        target_partner_code,
        {{ joined_text('administration', '; ') }} as administration,
        sum(is_act) as action_count,
        sum(is_tighten) as tighten_count,
        sum(is_loosen) as loosen_count,
        count(*) as provision_count,
        {{ median_of('notice_from_statement_days') }} as median_notice_from_statement_days,
        {{ median_of('notice_from_publication_days') }} as median_notice_from_publication_days,
        {{ median_of('tighten_notice_days') }} as median_tighten_notice_days,
        avg(cast(is_without_consultation as double)) as share_without_consultation,
        avg(cast(is_reversed as double)) as share_reversed_90d,
        count(is_reversed) as followed_count,
        avg(follow_through) as follow_through
    from headed
    group by grouping sets (
        (month, issuer, authority, instrument, target_partner_code),
        (month, issuer, authority, target_partner_code),
        (month, issuer, instrument, target_partner_code),
        (month, issuer, target_partner_code)
    )

),

{# The panel of duties #}

{{ panel_ctes() }}

select
    measured.month,
    measured.issuer,
    measured.authority,
    measured.instrument,
    measured.target_partner_code,
    measured.administration,
    cast(measured.action_count as bigint) as action_count,
    cast(measured.tighten_count as bigint) as tighten_count,
    cast(measured.loosen_count as bigint) as loosen_count,
    cast(measured.provision_count as bigint) as provision_count,
    measured.median_notice_from_statement_days,
    measured.median_notice_from_publication_days,
    measured.median_tighten_notice_days,
    measured.share_without_consultation,
    measured.share_reversed_90d,
    cast(measured.followed_count as bigint) as followed_count,
    measured.follow_through,
    surprises.surprise_30d_pp,
    surprises.surprise_60d_pp,
    surprises.surprise_90d_pp,
    churned.churn
from measured
left join surprises
    on
    measured.month = surprises.month
    and measured.target_partner_code = surprises.partner_code
    and measured.authority = 'ALL'
    and measured.instrument = 'ALL'
    and measured.issuer in ('ALL', 'US')
left join churned
    on
    measured.month = churned.month
    and measured.target_partner_code = churned.partner_code
    and measured.authority = churned.authority
    and measured.instrument = 'ALL'
    and measured.issuer in ('ALL', 'US')
