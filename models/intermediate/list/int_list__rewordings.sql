-- Grain: one row a list × entry × edition that words it otherwise than the one before.

{{ config(materialized='table') }}

{#
    Which columns an edition states otherwise than the edition before. Where the edition is of another format, the
    difference is its printing; where it cites a rule the one before did not, the change is that rule's.
#}

{%- set columns = [
    'entity_name', 'aliases', 'addresses', 'country_code', 'licence_requirement', 'licence_policy', 'citation',
    'rule_flags',
] %}

with neighbours as (

    select
        list_code,
        entry_key,
        entity_name,
        country_code,
        lag(country_code) over (partition by list_code, entry_key order by known_from) as previous_country_code,
        known_from,
        previous_known_to,
    {%- for column in columns %}
    case
        when
            {{ column }} is distinct from lag({{ column }}) over (
                partition by list_code, entry_key order by known_from
                )
            then '{{ column }}; '
        else ''
    end as {{ column }}_changed{{ ',' if not loop.last }}
    {%- endfor %}
    from {{ ref('int_list__stated_entries') }}

),

told as (

    select
        list_code,
        entry_key,
        entity_name,
        country_code,
        previous_country_code,
        known_from,
        concat(
            {%- for column in columns %}
            {{ column }}_changed{{ ',' if not loop.last }}
            {%- endfor %}
        ) as changed
    from neighbours
    where previous_known_to = known_from

)

select
    told.list_code,
    told.entry_key,
    told.entity_name,
    told.country_code,
    told.previous_country_code,
    told.known_from as edition_on,
    editions.previous_edition_on as edition_before_on,
    editions.is_other_format,
    substring(told.changed, 1, length(told.changed) - 2) as what_changed
from told
inner join {{ ref('int_list__editions') }} as editions
    on
    told.list_code = editions.list_code
    and told.known_from = editions.edition_on
where told.changed <> ''
