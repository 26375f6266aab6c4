-- Grain: one row a list × entry.

select
    list_code,
    entry_key,
    party_key
from {{ ref('stg_list_identity__parties') }}
