-- Grain: one row an act × relation × other act × its provision.

select
    action_id,
    relation,
    related_action_id,
    provision_id,
    share_undone,
    citation
from {{ ref('int_policy__relations') }}
