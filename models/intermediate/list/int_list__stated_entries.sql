-- Grain: one row a list × entry × known interval.

{{ config(materialized='table') }}

{#
    Statements with their neighbours in time, the core of the name, and the day the entry began by any edition's word.
    headings: under how many countries the entry counts where an edition prints a party once (Hong Kong is under China).
#}

with begun as (

    select
        list_code,
        entry_key,
        min(begins_on) as entry_begins_on
    from {{ ref('int_list__statements') }}
    group by
        list_code,
        entry_key

)

select
    statements.list_code,
    statements.entry_key,
    statements.entity_name,
    statements.aliases,
    statements.addresses,
    statements.country_code,
    statements.country_heading,
    statements.licence_requirement,
    statements.licence_policy,
    statements.citation,
    statements.rule_flags,
    statements.begins_on,
    statements.ends_on,
    statements.known_from,
    statements.known_to,
    begun.entry_begins_on,
    names.name_core,
    case
        when statements.address_country_codes is null then cast(1 as bigint)
        else cast(
            1 + length(statements.address_country_codes)
            - length(replace(statements.address_country_codes, ',', ''))
            - case
                when
                    statements.address_country_codes like '%CN%'
                    and statements.address_country_codes like '%HK%' then 1
                else 0
            end as bigint
        )
    end as headings,
    lag(statements.known_to) over (
        partition by statements.list_code, statements.entry_key order by statements.known_from
    ) as previous_known_to,
    lead(statements.known_from) over (
        partition by statements.list_code, statements.entry_key order by statements.known_from
    ) as next_known_from
from {{ ref('int_list__statements') }} as statements
left join begun
    on
    statements.list_code = begun.list_code
    and statements.entry_key = begun.entry_key
left join {{ ref('stg_list_rules__names') }} as names
    on statements.entity_name = names.entity_name
