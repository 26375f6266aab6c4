-- Grain: one row a list × edition.

{{ config(materialized='table') }}

{#
    The days on which an edition of a list is known to say something: those on which a statement begins or ends. An
    edition that changed nothing is not among them, and none is missed that matters here. prints_headings: the eCFR
    prints an entry under every country a party is listed in, the Entity List's other files print a party once.
    additions_dated_by, has_several_formats: of the list (seed lists).
#}

with days as (

    select
        list_code,
        known_from as edition_on
    from {{ ref('int_list__statements') }}

    union distinct

    select
        list_code,
        known_to as edition_on
    from {{ ref('int_list__statements') }}
    where known_to < {{ open_end() }}

),

headed as (

    select distinct known_from as edition_on
    from {{ ref('stg_statecraft__vintages') }}
    where
        source = 'bis_entity_list'
        and status = 'accepted'
        and vintage_id like 'ecfr-%'

),

marked as (

    select
        days.list_code,
        days.edition_on,
        lists.additions_dated_by,
        lists.has_several_formats,
        lists.has_several_formats and headed.edition_on is not null as prints_headings
    from days
    inner join {{ ref('lists') }} as lists on days.list_code = lists.list_code
    left join headed on days.edition_on = headed.edition_on

)

select
    list_code,
    edition_on,
    prints_headings,
    additions_dated_by,
    has_several_formats,
    min(edition_on) over (partition by list_code) as first_edition_on,
    max(edition_on) over (partition by list_code) as last_edition_on,
    lag(edition_on) over (partition by list_code order by edition_on) as previous_edition_on,
    coalesce(
        prints_headings <> lag(prints_headings) over (partition by list_code order by edition_on), false
    ) as is_other_format
from marked
