-- Grain: one row an assumption.

select
    assumption_id,
    statement,
    value,
    low,
    high,
    unit,
    source,
    evidence,
    used_in,
    is_switched
from {{ ref('stg_law__assumptions') }}
