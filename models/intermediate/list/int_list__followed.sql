-- Grain: one row a list × entry × known interval.

{#
    Entries of lists without numbers of their own, under the key that survives their changes of name and heading
    (pipelines/identity): a row printed again is left out; an entry that an edition without headings prints under
    another heading of its party is carried by that row, under its own heading. What an edition does not state of
    addresses and headings stays as it was last stated, also where the key changed. Statements that differ in the
    stated key, or in what rides along with a statement, are one, which says what the first of them said.
#}

{%- set compared = [
    'list_code', 'entry_key', 'entity_name', 'aliases', 'addresses', 'country_code', 'country_heading',
    'licence_requirement', 'licence_policy', 'citation', 'first_citation_on', 'rule_flags', 'programmes', 'grounds',
] %}

with stated as (

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
        cast(null as string) as programmes,
        cast(null as string) as grounds,
        former_names,
        aliases_announced,
        address_country_codes,
        alternate_country_codes,
        licence_requirement_printed,
        licence_policy_printed,
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
        programmes,
        grounds,
        former_names,
        aliases_announced,
        address_country_codes,
        alternate_country_codes,
        licence_requirement_printed,
        licence_policy_printed,
        known_from,
        known_to
    from {{ ref('int_list__other_entries') }}

),

keyed as (

    select
        stated.*,
        coalesce(keys.entry_key, stated.entry_key) as kept_key,
        keys.country_code as heading_code,
        coalesce(keys.method = 'carried', false) as is_carried,
        greatest(stated.known_from, coalesce(keys.known_from, stated.known_from)) as kept_from,
        least(stated.known_to, coalesce(keys.known_to, stated.known_to)) as kept_to
    from stated
    left join {{ ref('stg_list_identity__keys') }} as keys
        on
        stated.list_code = keys.list_code
        and stated.entry_key = keys.stated_key
        and stated.known_from < keys.known_to
        and stated.known_to > keys.known_from
    where keys.method is null or keys.method <> 'repeated'

),

placed as (

    select
        list_code,
        kept_key as entry_key,
        entity_name,
        aliases,
        case when not is_carried then addresses end as addresses,
        case when is_carried then heading_code else country_code end as country_code,
        case when not is_carried then country_heading end as country_heading,
        licence_requirement,
        licence_policy,
        citation,
        first_citation_on,
        rule_flags,
        programmes,
        grounds,
        former_names,
        aliases_announced,
        case when is_carried then heading_code else address_country_codes end as address_country_codes,
        case when not is_carried then alternate_country_codes end as alternate_country_codes,
        licence_requirement_printed,
        licence_policy_printed,
        kept_from as known_from,
        kept_to as known_to
    from keyed

),

counted as (

    select
        *,
        count(addresses) over entry_so_far as addresses_stated,
        count(country_heading) over entry_so_far as headings_stated
    from placed
    window entry_so_far as (
        partition by list_code, entry_key order by known_from rows between unbounded preceding and current row
    )

),

completed as (

    select
        list_code,
        entry_key,
        entity_name,
        aliases,
        max(addresses) over (partition by list_code, entry_key, addresses_stated) as addresses,
        country_code,
        max(country_heading) over (partition by list_code, entry_key, headings_stated) as country_heading,
        licence_requirement,
        licence_policy,
        citation,
        first_citation_on,
        rule_flags,
        programmes,
        grounds,
        former_names,
        aliases_announced,
        address_country_codes,
        alternate_country_codes,
        licence_requirement_printed,
        licence_policy_printed,
        known_from,
        known_to
    from counted

),

runs as (

    {{ merged_known_runs('completed', compared) }}

)

select
    runs.*,
    completed.former_names,
    completed.aliases_announced,
    completed.address_country_codes,
    completed.alternate_country_codes,
    completed.licence_requirement_printed,
    completed.licence_policy_printed
from runs
inner join completed
    on
    runs.list_code = completed.list_code
    and runs.entry_key = completed.entry_key
    and runs.known_from = completed.known_from
