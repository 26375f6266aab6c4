-- Grain: one row a list × entry × edition × direction × reason.

select
    list_code,
    entry_key,
    edition_on,
    direction,
    reason,
    entity_name,
    country_code
from {{ ref('int_list__restatements') }}
