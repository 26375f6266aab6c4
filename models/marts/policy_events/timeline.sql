-- Grain: one row an event.

{#
    Every kind of event on one axis, as known now. A status of a provision is an event on the day it begins; a list
    changes once a day, document and kind of change, however many entries it touches.
#}

with acts as (

    select *
    from {{ ref('dim_action') }}

),

stated as (

    select
        action_id,
        'announced' as event_kind,
        announced_on as event_on
    from acts
    where announced_on is not null
    union all
    select
        action_id,
        'signed' as event_kind,
        signed_on as event_on
    from acts
    where signed_on is not null
    union all
    select
        action_id,
        'published' as event_kind,
        published_on as event_on
    from acts
    where published_on is not null

),

lives as (

    select
        *,
        lag(status) over (partition by action_id, provision_id order by valid_from) as status_before,
        lag(enforcement) over (partition by action_id, provision_id order by valid_from) as enforcement_before
    from {{ ref('fct_action_status') }}
    where known_to = {{ open_end() }}

),

turns as (

    select
        lives.action_id,
        lives.provision_id,
        case
            when lives.status = lives.status_before and lives.enforcement = lives.enforcement_before then 'prolonged'
            when lives.status = lives.status_before then 'enforcement_changed'
            when lives.status = 'in_force' and lives.status_before in ('suspended', 'revoked', 'struck_down', 'expired')
                then 'reinstated'
            when lives.status = 'in_force' then 'takes_effect'
            else lives.status
        end as event_kind,
        lives.valid_from as event_on,
        provisions.what,
        provisions.direction,
        lives.is_scheduled,
        lives.known_from,
        lives.evidence_document
    from lives
    inner join {{ ref('fct_action_provision') }} as provisions
        on
        lives.action_id = provisions.action_id
        and lives.provision_id = provisions.provision_id
    where lives.status not in ('announced', 'signed', 'published')

),

listings as (

    select
        list_code,
        change_type,
        effective_on,
        document_number,
        min(known_from) as known_from,
        count(*) as event_count
    from {{ ref('fct_list_change') }}
    group by list_code, change_type, effective_on, document_number

),

of_document as (

    select
        document_number,
        min(action_id) as action_id
    from acts
    where document_number is not null
    group by document_number

)

select
    concat('act:', stated.action_id, ':', stated.event_kind) as event_id,
    stated.event_on,
    stated.event_kind,
    stated.action_id,
    cast(null as string) as provision_id,
    acts.title,
    acts.issuer,
    acts.issuer_country,
    acts.authority,
    acts.instrument,
    acts.direction,
    acts.document_number,
    false as is_scheduled,
    case
        when stated.event_kind = 'signed' then greatest(stated.event_on, acts.known_on)
        else stated.event_on
    end as known_from,
    cast(1 as bigint) as event_count
from stated
inner join acts on stated.action_id = acts.action_id
union all
select
    concat('life:', turns.action_id, ':', turns.provision_id, ':', cast(turns.event_on as string)) as event_id,
    turns.event_on,
    turns.event_kind,
    turns.action_id,
    turns.provision_id,
    turns.what as title,
    acts.issuer,
    acts.issuer_country,
    acts.authority,
    acts.instrument,
    turns.direction,
    turns.evidence_document as document_number,
    turns.is_scheduled,
    turns.known_from,
    cast(1 as bigint) as event_count
from turns
inner join acts on turns.action_id = acts.action_id
union all
select
    concat(
        'list:', listings.list_code, ':', listings.change_type, ':', cast(listings.effective_on as string), ':',
        coalesce(listings.document_number, '')
    ) as event_id,
    listings.effective_on as event_on,
    concat('list_', listings.change_type) as event_kind,
    of_document.action_id,
    cast(null as string) as provision_id,
    concat(listings.list_code, ': ', cast(listings.event_count as string), ' entries, ', listings.change_type) as title,
    acts.issuer,
    substring(listings.list_code, 1, 2) as issuer_country,
    acts.authority,
    'list_change' as instrument,
    case listings.change_type when 'add' then 'tighten' when 'remove' then 'loosen' else 'neutral' end as direction,
    listings.document_number,
    false as is_scheduled,
    listings.known_from,
    cast(listings.event_count as bigint) as event_count
from listings
left join of_document on listings.document_number = of_document.document_number
left join acts on of_document.action_id = acts.action_id
union all
select
    concat('schedule:', revision) as event_id,
    released_on as event_on,
    'schedule_edition' as event_kind,
    cast(null as string) as action_id,
    cast(null as string) as provision_id,
    concat('Tariff schedule ', revision) as title,
    'U.S. International Trade Commission' as issuer,
    'US' as issuer_country,
    cast(null as string) as authority,
    'tariff' as instrument,
    'neutral' as direction,
    cast(null as string) as document_number,
    false as is_scheduled,
    released_on as known_from,
    cast(1 as bigint) as event_count
from {{ ref('dim_schedule_edition') }}
union all
select
    concat('round:', round_id) as event_id,
    starts_on as event_on,
    'round' as event_kind,
    cast(null as string) as action_id,
    cast(null as string) as provision_id,
    round_name as title,
    cast(null as string) as issuer,
    cast(null as string) as issuer_country,
    'DIPLOMACY' as authority,
    'negotiation' as instrument,
    'neutral' as direction,
    cast(null as string) as document_number,
    false as is_scheduled,
    starts_on as known_from,
    cast(1 as bigint) as event_count
from {{ ref('dim_round') }}
