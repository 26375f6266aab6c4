-- Grain: one row a list × entry × valid interval × known interval.

{#
    The first statement held of an entry bites from the day the log of changes dates its addition, or, where it has
    none, from the day its first rule took effect, was published, or its publisher states (the two dates of a denial
    order, the day an announcement of China was made), or else from the day it was first stated. That day is as read
    now from all editions and rules, in rows of every known interval: an edition that leaves out an old citation does
    not move it. Later wordings begin where the one before them ended. A statement ends with the edition that replaces
    or drops it, and never after the day on which it ends by itself: an order that had ended before it was dropped
    needs no ending. An edition that lacks an entry without a change in law (int_list__disappearances) does not end
    it if a later edition holds it again; if none does, the entry is closed as printed otherwise, not as removed.
#}

{%- set told = [
    'list_code', 'entry_key', 'entity_name', 'aliases', 'addresses', 'country_code', 'country_heading',
    'licence_requirement', 'licence_policy', 'citation', 'first_citation_on', 'rule_flags',
    'former_names', 'aliases_announced', 'address_country_codes', 'alternate_country_codes', 'programmes', 'grounds',
    'licence_requirement_printed', 'licence_policy_printed',
] | join(',\n        ') %}

with added as (

    select
        list_code,
        entry_key,
        edition_on,
        min(effective_on) as effective_on
    from {{ ref('int_list__changes') }}
    where change_type = 'add' and edition_on is not null
    group by
        list_code,
        entry_key,
        edition_on

),

appeared as (

    select
        list_code,
        entry_key,
        edition_on,
        coalesce(
            case when additions_dated_by = 'rule' then coalesce(rule_effective_on, cited_on) end,
            entry_begins_on
        ) as begins_on
    from {{ ref('int_list__appearances') }}
    where is_first_time

),

restated as (

    select
        list_code,
        entry_key,
        edition_on
    from {{ ref('int_list__disappearances') }}
    where restated_as is not null

),

neighbours as (

    select
        *,
        lead(known_from) over (partition by list_code, entry_key order by known_from) as next_known_from
    from {{ ref('int_list__statements') }}

),

held as (

    select
        neighbours.*,
        restated.entry_key is not null as is_restated,
        case
            when restated.entry_key is not null then coalesce(neighbours.next_known_from, neighbours.known_to)
            else neighbours.known_to
        end as held_to,
        coalesce(added.effective_on, appeared.begins_on, neighbours.begins_on, neighbours.known_from) as first_on
    from neighbours
    left join restated
        on
        neighbours.list_code = restated.list_code
        and neighbours.entry_key = restated.entry_key
        and neighbours.known_to = restated.edition_on
    left join added
        on
        neighbours.list_code = added.list_code
        and neighbours.entry_key = added.entry_key
        and neighbours.known_from = added.edition_on
    left join appeared
        on
        neighbours.list_code = appeared.list_code
        and neighbours.entry_key = appeared.entry_key
        and neighbours.known_from = appeared.edition_on

),

statements as (

    select
        {{ told }},
        begins_on,
        first_on,
        ends_on,
        is_restated,
        known_from,
        held_to as known_to,
        next_known_from,
        lag(held_to) over (partition by list_code, entry_key order by known_from) as previous_known_to
    from held

),

closed as (

    select
        {{ told }},
        case
            when next_known_from = known_to then 'revision'
            when ends_on <= known_to and ends_on < {{ open_end() }} then 'expiry'
            when known_to < {{ open_end() }} and is_restated then 'restated'
            when known_to < {{ open_end() }} then 'absence'
        end as closed_by,
        case
            when previous_known_to is null then least(first_on, known_from)
            else greatest(previous_known_to, least(coalesce(begins_on, known_from), known_from))
        end as valid_from,
        ends_on,
        known_from,
        known_to
    from statements

),

dated as (

    select
        {{ told }},
        closed_by,
        valid_from,
        ends_on,
        known_from,
        case when closed_by = 'expiry' then {{ open_end() }} else known_to end as known_to
    from closed

),

clocked as (

    select
        {{ told }},
        closed_by,
        valid_from,
        ends_on as valid_to,
        known_from,
        known_to
    from dated

    union all

    select
        {{ told }},
        closed_by,
        valid_from,
        least(known_to, ends_on) as valid_to,
        known_to as known_from,
        {{ open_end() }} as known_to
    from dated
    where known_to < {{ open_end() }}

)

select
    {{ told }},
    closed_by,
    valid_from,
    valid_to,
    known_from,
    known_to
from clocked
where valid_from < valid_to
