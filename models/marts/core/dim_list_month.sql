-- Grain: one row a list × month in which it is alive.

select
    list_code,
    month,
    last_edition_on
from {{ ref('int_list__months') }}
