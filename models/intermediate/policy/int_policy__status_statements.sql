-- Grain: one row an act × provision × statement of its status.

{{ config(materialized='table') }}

{#
    What the provision's own dates say, in the order in which of two statements made on one day the later wins, and
    after them what law/*/statuses.csv says. A plan (is_scheduled) is a fact from fact_from on, by
    fact_document.
#}

{# status, the day it is of, the day from which it was known. #}
{% set stages = [
    ('announced', 'act_announced_on', 'act_announced_on'),
    ('signed', 'act_signed_on', 'act_known_on'),
    ('published', 'act_published_on', 'act_published_on')
] %}

with
{%- for status, day, known_on in stages %}
{{ status }} as (

    select
        *,
        {{ loop.index }} as place,
        '{{ status }}' as status,
        {{ day }} as valid_from,
        coalesce(effective_on, {{ open_end() }}) as valid_to,
        {{ known_on }} as known_on,
        false as is_scheduled,
        cast(null as date) as fact_from,
        act_document as evidence_document,
        cast(null as string) as fact_document
    from {{ ref('int_policy__provisions') }}
    where {{ day }} is not null

),
{% endfor %}
in_force as (

    select
        *,
        4 as place,
        'in_force' as status,
        coalesce(retroactive_to, effective_on) as valid_from,
        coalesce(expires_on, {{ open_end() }}) as valid_to,
        act_known_on as known_on,
        effective_on > act_known_on as is_scheduled,
        confirmed_on as fact_from,
        act_document as evidence_document,
        confirmed_by as fact_document
    from {{ ref('int_policy__provisions') }}
    where effective_on is not null

),

expired as (

    select
        *,
        5 as place,
        'expired' as status,
        expires_on as valid_from,
        {{ open_end() }} as valid_to,
        act_known_on as known_on,
        expires_on > act_known_on as is_scheduled,
        expiry_confirmed_on as fact_from,
        act_document as evidence_document,
        expiry_confirmed_by as fact_document
    from {{ ref('int_policy__provisions') }}
    where expires_on is not null

),

derived as (

    select * from announced
    union all
    select * from signed
    union all
    select * from published
    union all
    select * from in_force
    union all
    select * from expired

)

select
    action_id,
    provision_id,
    place,
    status,
    case when status = 'in_force' then 'enforced' else 'not_enforced' end as enforcement,
    valid_from,
    valid_to,
    known_on,
    is_scheduled,
    fact_from,
    evidence_document,
    fact_document
from derived
where valid_from < valid_to
union all
select
    provisions.action_id,
    provisions.provision_id,
    10 + stated.place_in_file as place,
    stated.status,
    coalesce(
        stated.enforcement,
        case when stated.status = 'in_force' then 'enforced' else 'not_enforced' end
    ) as enforcement,
    stated.valid_from,
    stated.valid_to,
    stated.known_on,
    stated.is_scheduled,
    cast(null as date) as fact_from,
    stated.evidence_document,
    cast(null as string) as fact_document
from {{ ref('stg_law__ledger_statuses') }} as stated
inner join {{ ref('int_policy__provisions') }} as provisions
    on
    stated.action_id = provisions.action_id
    and (stated.provision_id is null or stated.provision_id = provisions.provision_id)
