{# What tables of the policy ledger have in common: the day an act was first spoken of, and what undid a provision. #}

{# The first public statement of an act: announced, or made public with its text, whichever was first. #}
{% macro first_statement_on() -%}
    least(announced_on, known_on)
{%- endmacro %}

{# The last day on which rows of the ledger were held against documents: what lies after it is not known yet. #}
{% macro reviewed_to() -%}
    select max(reviewed_on) as reviewed_on from {{ ref('dim_action') }}
{%- endmacro %}


{#
    The CTEs `spells` (provision × run of days on which it bites, as known now) and `undone` (provision × reversal),
    beside those they need. It bites while it is in force, or struck down, and enforced: a ruling that is stayed ends
    no run, and one that is collected against ends it with the collection; what is in force and no longer enforced is
    suspended. A run ends in a reversal where the provision is suspended, revoked or struck down,
    expires before the day it was made to, or gives way to something less strict; within a run acts may undo a
    part. What ends or reverses without a stated share undoes all; a ruling does so only where the
    status says it. A provision that is suspended, revoked or struck down before it bites is withdrawn: a
    reversal after no day in force. The act behind the end of a run is the one that says it does this to it, at
    most 45 days apart, or acts on the same day.
#}
{% macro reversal_ctes() -%}
statuses as (

    select
        action_id,
        provision_id,
        status,
        valid_from,
        valid_to,
        case
            when status in ('in_force', 'amended', 'struck_down') and enforcement <> 'not_enforced' then 1
            else 0
        end as bites
    from {{ ref('fct_action_status') }}
    where known_to = {{ open_end() }} and not is_scheduled

),

runs as (

    {{ merged_runs('statuses', ['action_id', 'provision_id', 'bites'], 'valid') }}

),

spells as (

    select
        action_id,
        provision_id,
        valid_from as started_on,
        valid_to as ended_on
    from runs
    where bites = 1

),

provisions as (

    select
        action_id,
        provision_id,
        direction,
        expires_on
    from {{ ref('fct_action_provision') }}

),

deeds as (

    select
        provisions.action_id,
        provisions.provision_id,
        relations.action_id as by_action_id,
        relations.relation,
        relations.share_undone,
        coalesce(acts.effective_on, acts.known_on) as done_on,
        acts.direction <> provisions.direction and acts.direction <> 'neutral' as is_opposite
    from {{ ref('bridge_action_relation') }} as relations
    inner join {{ ref('dim_action') }} as acts on relations.action_id = acts.action_id
    inner join provisions
        on
        relations.related_action_id = provisions.action_id
        and (relations.provision_id is null or relations.provision_id = provisions.provision_id)
    where relations.relation in ('suspends', 'ends', 'reverses', 'strikes_down', 'amends')

),

begun as (

    select
        action_id,
        provision_id,
        min(started_on) as first_started_on
    from spells
    group by action_id, provision_id

),

ended as (

    select
        spells.action_id,
        spells.provision_id,
        spells.started_on,
        spells.ended_on,
        case when statuses.status in ('in_force', 'amended') then 'suspended' else statuses.status end as status
    from spells
    inner join statuses
        on
        spells.action_id = statuses.action_id
        and spells.provision_id = statuses.provision_id
        and spells.ended_on = statuses.valid_from
    union all
    select
        statuses.action_id,
        statuses.provision_id,
        cast(null as date) as started_on,
        min(statuses.valid_from) as ended_on,
        min_by(statuses.status, statuses.valid_from) as status
    from statuses
    left join begun
        on
        statuses.action_id = begun.action_id
        and statuses.provision_id = begun.provision_id
    where
        statuses.status in ('suspended', 'revoked', 'struck_down')
        and (begun.first_started_on is null or statuses.valid_from < begun.first_started_on)
    group by statuses.action_id, statuses.provision_id

),

matched as (

    select
        ended.action_id,
        ended.provision_id,
        ended.started_on,
        ended.ended_on,
        ended.status,
        provisions.direction,
        provisions.expires_on,
        deeds.by_action_id,
        deeds.share_undone,
        deeds.is_opposite,
        row_number() over (
            partition by ended.action_id, ended.provision_id, ended.ended_on
            order by
                case
                    when deeds.by_action_id is null then 2
                    when
                        concat(ended.status, ' ', deeds.relation) in (
                            'suspended suspends', 'revoked ends', 'revoked reverses', 'struck_down strikes_down'
                        ) then 0
                    else 1
                end asc,
                abs({{ days_between('ended.ended_on', 'deeds.done_on') }}) asc,
                deeds.by_action_id asc
        ) as place
    from ended
    inner join provisions
        on
        ended.action_id = provisions.action_id
        and ended.provision_id = provisions.provision_id
    left join deeds
        on
        ended.action_id = deeds.action_id
        and ended.provision_id = deeds.provision_id
        and (
            deeds.done_on = ended.ended_on
            or (
                concat(ended.status, ' ', deeds.relation) in (
                    'suspended suspends', 'revoked ends', 'revoked reverses', 'struck_down strikes_down',
                    'superseded ends', 'superseded reverses', 'superseded amends', 'expired ends'
                )
                and abs({{ days_between('ended.ended_on', 'deeds.done_on') }}) <= 45
            )
        )

),

whole as (

    select
        action_id,
        provision_id,
        direction,
        by_action_id,
        case
            when started_on is null then 'withdrawn'
            when status = 'expired' then 'expired_early'
            else status
        end as reversal_kind,
        started_on,
        ended_on as reversed_on,
        share_undone,
        1 as is_full,
        true as is_whole
    from matched
    where
        place = 1
        and (
            status in ('suspended', 'revoked', 'struck_down')
            or (status = 'expired' and ended_on < expires_on)
            or (status = 'superseded' and is_opposite)
        )

),

{# An act that ended a run has done its work there; what other acts do while a provision stays in force is a part. #}
parts as (

    select
        spells.action_id,
        spells.provision_id,
        provisions.direction,
        deeds.by_action_id,
        max(
            case deeds.relation
                when 'suspends' then 'suspended'
                when 'strikes_down' then 'struck_down'
                when 'amends' then 'loosened'
                else 'revoked'
            end
        ) as reversal_kind,
        spells.started_on,
        deeds.done_on as reversed_on,
        max(deeds.share_undone) as share_undone,
        max(case when deeds.relation in ('ends', 'reverses') then 1 else 0 end) as is_full,
        false as is_whole
    from spells
    inner join provisions
        on
        spells.action_id = provisions.action_id
        and spells.provision_id = provisions.provision_id
    inner join deeds
        on
        spells.action_id = deeds.action_id
        and spells.provision_id = deeds.provision_id
        and spells.started_on < deeds.done_on
        and spells.ended_on > deeds.done_on
    left join whole
        on
        deeds.action_id = whole.action_id
        and deeds.provision_id = whole.provision_id
        and deeds.by_action_id = whole.by_action_id
    where whole.by_action_id is null and (deeds.relation <> 'amends' or deeds.is_opposite)
    group by
        spells.action_id,
        spells.provision_id,
        provisions.direction,
        deeds.by_action_id,
        spells.started_on,
        deeds.done_on

),

undone as (

    select
        action_id,
        provision_id,
        direction,
        by_action_id,
        reversal_kind,
        started_on,
        reversed_on,
        case when share_undone is null and is_full = 1 then cast(1 as double) else share_undone end as share_undone,
        share_undone is not null as is_share_stated,
        is_whole
    from (
        select * from whole
        union all
        select * from parts
    ) as both_kinds

)
{%- endmacro %}
