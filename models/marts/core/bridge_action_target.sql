-- Grain: one row an act × target.

select
    action_id,
    target_kind,
    target_code
from {{ ref('int_policy__targets') }}
