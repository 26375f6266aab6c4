-- Grain: one row a list × entry × edition that lacks it and the one before did not.

{{ config(materialized='table') }}

{#
    Why an entry went out of view: no longer listed as of the edition, or on the day on which it ends by itself; or no
    change in law (restated_as): the party stands in the same edition under another heading (other_heading), or the
    edition is of another format, at which absences are no evidence (other_format). removed_by: a rule known to have
    removed the entry (list_rule_entries), which tells more than any edition.
#}

with ended as (

    select
        stated.*,
        editions.has_several_formats,
        stated.ends_on <= least(stated.known_to, editions.last_edition_on) as is_expired
    from {{ ref('int_list__stated_entries') }} as stated
    inner join {{ ref('int_list__editions') }} as editions
        on
        stated.list_code = editions.list_code
        and stated.known_from = editions.edition_on
    where
        (stated.next_known_from is null or stated.next_known_from > stated.known_to)
        and (
            stated.known_to < {{ open_end() }}
            or stated.ends_on <= editions.last_edition_on
        )

),

elsewhere as (

    select distinct
        ended.list_code,
        ended.entry_key,
        ended.known_to
    from ended
    inner join {{ ref('int_list__stated_entries') }} as other
        on
        ended.list_code = other.list_code
        and ended.name_core = other.name_core
        and ended.entry_key <> other.entry_key
    where
        ended.has_several_formats
        and other.known_from <= ended.known_to
        and ended.known_to < other.known_to

)

select
    ended.list_code,
    ended.entry_key,
    ended.entity_name,
    ended.country_code,
    ended.is_expired,
    removing.removed_by,
    case
        when ended.is_expired or removing.removed_by is not null then null
        when elsewhere.entry_key is not null then 'other_heading'
        when editions.is_other_format then 'other_format'
    end as restated_as,
    case when ended.is_expired then ended.ends_on else ended.known_to end as effective_on,
    case when ended.is_expired then ended.known_from else ended.known_to end as known_from,
    case when ended.is_expired then ended.known_from else editions.edition_on end as edition_on,
    editions.previous_edition_on as edition_before_on
from ended
left join {{ ref('int_list__editions') }} as editions
    on
    ended.list_code = editions.list_code
    and ended.known_to = editions.edition_on
left join elsewhere
    on
    ended.list_code = elsewhere.list_code
    and ended.entry_key = elsewhere.entry_key
    and ended.known_to = elsewhere.known_to
left join {{ ref('list_rule_entries') }} as removing
    on
    ended.list_code = removing.list_code
    and ended.entry_key = removing.entry_key
