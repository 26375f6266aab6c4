-- Grain: one row a list × entry × sector.

select
    list_code,
    entry_key,
    sector as sector_name
from {{ ref('int_list__sectors') }}
