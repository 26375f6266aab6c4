-- Grain: one row a list × entry × known interval.

{#
    What each source states of an entry, in the words all lists share. begins_on and ends_on are the days the
    publisher states by law: the earliest citation of the Entity List, the two dates of a denial order, the day
    the other lists print; OFAC states neither. Keys of lists without numbers are those that survive
    (int_list__followed). Columns of a source that are not carried here (remarks, vessels) do not make a new statement.

    A table: much is made of these statements, and some engines would make them anew for each reading.
#}
{{ config(materialized='table') }}

with ofac as (

    select
        list_code,
        concat(list_code, '/', cast(entity_number as string)) as entry_key,
        entity_name,
        aliases,
        addresses,
        country_code,
        former_names,
        address_country_codes,
        programs as licence_requirement,
        known_from,
        known_to
    from {{ ref('stg_ofac_sdn__entries') }}

),

denied as (

    select
        'US_BIS_DPL' as list_code,
        concat('US_BIS_DPL/', entry_key) as entry_key,
        entity_name,
        addresses,
        country_code,
        address_country_codes,
        case
            when is_standard_order then 'Export privileges denied, standard terms'
            when not is_standard_order then 'Export privileges denied, terms of its own'
            else 'Export privileges denied'
        end as licence_requirement,
        citation,
        effective_on,
        expires_on,
        known_from,
        known_to
    from {{ ref('stg_bis_denied_persons__entries') }}

),

ofac_runs as (

    {{ merged_known_runs('ofac', [
        'list_code', 'entry_key', 'entity_name', 'aliases', 'addresses', 'country_code', 'former_names',
        'address_country_codes', 'licence_requirement',
    ]) }}

)

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
    former_names,
    aliases_announced,
    address_country_codes,
    alternate_country_codes,
    programmes,
    grounds,
    licence_requirement_printed,
    licence_policy_printed,
    first_citation_on as begins_on,
    {{ open_end() }} as ends_on,
    known_from,
    known_to
from {{ ref('int_list__followed') }}

union all

select
    list_code,
    entry_key,
    entity_name,
    aliases,
    addresses,
    country_code,
    cast(null as string) as country_heading,
    licence_requirement,
    cast(null as string) as licence_policy,
    cast(null as string) as citation,
    cast(null as date) as first_citation_on,
    cast(null as string) as rule_flags,
    former_names,
    cast(null as integer) as aliases_announced,
    address_country_codes,
    cast(null as string) as alternate_country_codes,
    licence_requirement as programmes,
    cast(null as string) as grounds,
    cast(null as string) as licence_requirement_printed,
    cast(null as string) as licence_policy_printed,
    cast(null as date) as begins_on,
    {{ open_end() }} as ends_on,
    known_from,
    known_to
from ofac_runs

union all

select
    list_code,
    entry_key,
    entity_name,
    cast(null as string) as aliases,
    addresses,
    country_code,
    cast(null as string) as country_heading,
    licence_requirement,
    cast(null as string) as licence_policy,
    citation,
    cast(null as date) as first_citation_on,
    cast(null as string) as rule_flags,
    cast(null as string) as former_names,
    cast(null as integer) as aliases_announced,
    address_country_codes,
    cast(null as string) as alternate_country_codes,
    cast(null as string) as programmes,
    cast(null as string) as grounds,
    cast(null as string) as licence_requirement_printed,
    cast(null as string) as licence_policy_printed,
    effective_on as begins_on,
    coalesce(expires_on, {{ open_end() }}) as ends_on,
    known_from,
    known_to
from denied
