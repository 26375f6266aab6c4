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
    used_in
from {{ ref('int_provenance__assumptions') }}
