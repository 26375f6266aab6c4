-- Grain: one row a list × entry × edition × direction.

{#
    Entries that came into view or went out of it without a change in law, by the edition and the reason. An entry whose
    country an edition tells otherwise goes out of one country and into the other.
#}

select
    list_code,
    entry_key,
    entity_name,
    country_code,
    'in' as direction,
    restated_as as reason,
    edition_on
from {{ ref('int_list__appearances') }}
where restated_as is not null

union all

select
    list_code,
    entry_key,
    entity_name,
    country_code,
    'out' as direction,
    restated_as as reason,
    edition_on
from {{ ref('int_list__disappearances') }}
where restated_as is not null

union all

select
    moved.list_code,
    moved.entry_key,
    moved.entity_name,
    case when sides.direction = 'in' then moved.country_code else moved.previous_country_code end as country_code,
    sides.direction,
    'other_country' as reason,
    moved.edition_on
from {{ ref('int_list__rewordings') }} as moved
cross join (
    select 'in' as direction
    union all
    select 'out' as direction
) as sides
where moved.country_code is distinct from moved.previous_country_code
