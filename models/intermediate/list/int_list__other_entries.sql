-- Grain: one row a list × entry × known interval.

{#
    Lists besides the Entity List, the Denied Persons List and OFAC's, in the Entity List's columns. Where a list
    prints the day it took effect or was announced instead of a Federal Register citation, that day stands as
    first_citation_on; where it prints neither, it is NULL and the entry is valid from its edition. China's
    suspensions of November 2025 are not in the data: an entry that was let go stands.
#}

select
    list_code,
    entry_key,
    entity_name,
    aliases,
    cast(null as string) as addresses,
    country_code,
    cast(null as string) as country_heading,
    licence_requirement,
    licence_policy,
    citation,
    first_citation_on,
    cast(null as string) as rule_flags,
    cast(null as string) as former_names,
    cast(null as integer) as aliases_announced,
    address_country_codes,
    cast(null as string) as alternate_country_codes,
    programs as programmes,
    cast(null as string) as grounds,
    licence_requirement_printed,
    licence_policy_printed,
    known_from,
    known_to
from {{ ref('stg_ita_screening_list__entries') }}

union all

select
    list_code,
    entry_key,
    entity_name,
    aliases,
    cast(null as string) as addresses,
    country_code,
    cast(null as string) as country_heading,
    cast(null as string) as licence_requirement,
    cast(null as string) as licence_policy,
    cast(null as string) as citation,
    effective_on as first_citation_on,
    cast(null as string) as rule_flags,
    former_names,
    aliases_announced,
    cast(null as string) as address_country_codes,
    cast(null as string) as alternate_country_codes,
    cast(null as string) as programmes,
    sublist_code as grounds,
    cast(null as string) as licence_requirement_printed,
    cast(null as string) as licence_policy_printed,
    known_from,
    known_to
from {{ ref('stg_dhs_uflpa__entries') }}

union all

select
    list_code,
    entry_key,
    entity_name,
    aliases,
    addresses,
    country_code,
    cast(null as string) as country_heading,
    cast(null as string) as licence_requirement,
    cast(null as string) as licence_policy,
    announcement_url as citation,
    announced_on as first_citation_on,
    cast(null as string) as rule_flags,
    cast(null as string) as former_names,
    cast(null as integer) as aliases_announced,
    country_code as address_country_codes,
    cast(null as string) as alternate_country_codes,
    cast(null as string) as programmes,
    cast(null as string) as grounds,
    cast(null as string) as licence_requirement_printed,
    cast(null as string) as licence_policy_printed,
    known_from,
    known_to
from {{ ref('stg_mofcom_lists__entries') }}

union all

select
    list_code,
    entry_key,
    entity_name,
    aliases,
    cast(null as string) as addresses,
    country_code,
    country_heading,
    cast(null as string) as licence_requirement,
    cast(null as string) as licence_policy,
    list_url as citation,
    cast(null as date) as first_citation_on,
    cast(null as string) as rule_flags,
    cast(null as string) as former_names,
    cast(null as integer) as aliases_announced,
    cast(null as string) as address_country_codes,
    cast(null as string) as alternate_country_codes,
    cast(null as string) as programmes,
    concerns as grounds,
    cast(null as string) as licence_requirement_printed,
    cast(null as string) as licence_policy_printed,
    known_from,
    known_to
from {{ ref('stg_meti_end_users__entries') }}
