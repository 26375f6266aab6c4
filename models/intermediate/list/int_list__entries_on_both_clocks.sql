-- Grain: one row a list × entry × valid interval × known interval.

{#
    The first statement held of an entry bites from the day its publisher states (the earliest citation of an entry of
    the Entity List, the effective date of a denial order), or from the day it was first stated where none is. Later
    wordings begin where the one before them ended. A statement ends with the edition that replaces or drops it, and
    never after the day on which it ends by itself: an order that had ended before it was dropped needs no ending.
#}

{%- set told = [
    'list_code', 'entry_key', 'entity_name', 'aliases', 'addresses', 'country_code', 'country_heading',
    'licence_requirement', 'licence_policy', 'citation', 'first_citation_on', 'rule_flags',
] | join(',\n        ') %}

with statements as (

    select
        {{ told }},
        begins_on,
        ends_on,
        known_from,
        known_to,
        lag(known_to) over (partition by list_code, entry_key order by known_from) as previous_known_to,
        lead(known_from) over (partition by list_code, entry_key order by known_from) as next_known_from
    from {{ ref('int_list__statements') }}

),

closed as (

    select
        {{ told }},
        case
            when next_known_from = known_to then 'revision'
            when ends_on <= known_to and ends_on < {{ open_end() }} then 'expiry'
            when known_to < {{ open_end() }} then 'absence'
        end as closed_by,
        greatest(previous_known_to, least(coalesce(begins_on, known_from), known_from)) as valid_from,
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
