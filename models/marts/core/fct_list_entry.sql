-- Grain: one row a list × entry × valid interval × known interval.

with entries as (

    select * from {{ ref('int_list__entries_on_both_clocks') }}

),

parties as (

    select * from {{ ref('int_list__parties') }}

)

select
    entries.list_code,
    entries.entry_key,
    parties.party_key,
    entries.entity_name,
    entries.aliases,
    entries.addresses,
    entries.country_code,
    entries.country_heading,
    entries.licence_requirement,
    entries.licence_policy,
    entries.citation,
    entries.first_citation_on,
    entries.rule_flags,
    entries.aliases_announced,
    entries.address_country_codes,
    entries.programmes,
    entries.grounds,
    entries.licence_requirement_printed,
    entries.licence_policy_printed,
    entries.closed_by,
    entries.valid_from,
    entries.valid_to,
    entries.known_from,
    entries.known_to
from entries
left join parties
    on entries.list_code = parties.list_code and entries.entry_key = parties.entry_key
