-- Grain: one row an act × provision × valid interval × known interval.

select
    action_id,
    provision_id,
    status,
    enforcement,
    valid_from,
    valid_to,
    known_from,
    known_to,
    is_scheduled,
    evidence_document
from {{ ref('int_policy__statuses') }}
