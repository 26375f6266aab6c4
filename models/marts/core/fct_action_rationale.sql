-- Grain: one row an act × coder × rationale.

select
    action_id,
    coder,
    rationale,
    ground,
    source
from {{ ref('int_policy__rationales') }}
