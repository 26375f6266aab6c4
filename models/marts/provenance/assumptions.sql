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
from {{ ref('int_provenance__assumptions') }}
