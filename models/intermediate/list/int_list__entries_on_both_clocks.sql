-- Grain: one row a list × entry × valid interval × known interval.

{#
    The first statement held of an entry bites from the day of its earliest printed citation (the
    rule that added it), or from the day it was first stated where none is printed. Later wordings
    begin where the one before them ended. Some lists print a day of effect or announcement
    instead of a citation: see int_list__other_entries.
#}

with entries as (

    select
        list_code,
        entry_key,
        entity_name,
        aliases,
        addresses,
        country_code,
        country_heading,
        licence_requirement,
        licence_policy,
        citation,
        first_citation_on,
        rule_flags,
        known_from,
        known_to
    from {{ ref('stg_bis_entity_list__entries') }}

    union all

    select
        list_code,
        entry_key,
        entity_name,
        aliases,
        addresses,
        country_code,
        country_heading,
        licence_requirement,
        licence_policy,
        citation,
        first_citation_on,
        rule_flags,
        known_from,
        known_to
    from {{ ref('int_list__other_entries') }}

),

statements as (

    select
        list_code,
        entry_key,
        entity_name,
        aliases,
        addresses,
        country_code,
        country_heading,
        licence_requirement,
        licence_policy,
        citation,
        first_citation_on,
        rule_flags,
        known_from,
        known_to,
        lag(known_to) over (partition by list_code, entry_key order by known_from) as previous_known_to,
        lead(known_from) over (partition by list_code, entry_key order by known_from) as next_known_from
    from entries

),

dated as (

    select
        list_code,
        entry_key,
        entity_name,
        aliases,
        addresses,
        country_code,
        country_heading,
        licence_requirement,
        licence_policy,
        citation,
        first_citation_on,
        rule_flags,
        case
            when known_to = {{ open_end() }} then null
            when next_known_from = known_to then 'revision'
            when next_known_from is null or next_known_from > known_to then 'absence'
        end as closed_by,
        greatest(previous_known_to, least(coalesce(first_citation_on, known_from), known_from)) as valid_from,
        known_from,
        known_to
    from statements

)

{{ both_clocks('dated', [
    'list_code', 'entry_key', 'entity_name', 'aliases', 'addresses', 'country_code', 'country_heading',
    'licence_requirement', 'licence_policy', 'citation', 'first_citation_on', 'rule_flags', 'closed_by',
]) }}
