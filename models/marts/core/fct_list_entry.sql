-- Grain: one row a list × entry × valid interval × known interval.

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
    closed_by,
    valid_from,
    valid_to,
    known_from,
    known_to
from {{ ref('int_list__entries_on_both_clocks') }}
