-- Grain: one row a list × subject × entry × valid interval × known interval.

{#
    Measures suspended while the lists go on printing them. A state of an announcement is the state of each party it
    named; a state of the affiliates rule is one of the whole list (entry_key *).
#}

with named as (

    select distinct
        list_code,
        entry_key,
        begins_on
    from {{ ref('int_list__statements') }}

)

select
    statuses.list_code,
    statuses.subject,
    case when statuses.subject = 'entry' then named.entry_key else '*' end as entry_key,
    statuses.status,
    statuses.is_scheduled,
    statuses.is_certain,
    statuses.act,
    statuses.citation,
    statuses.note,
    statuses.valid_from,
    statuses.valid_to,
    statuses.known_from,
    statuses.known_to
from {{ ref('list_statuses') }} as statuses
left join named
    on
    statuses.subject = 'entry'
    and statuses.list_code = named.list_code
    and statuses.announced_on = named.begins_on
where
    statuses.subject <> 'entry'
    or named.entry_key is not null
