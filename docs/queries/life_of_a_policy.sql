-- What happened to a policy: the affiliates rule, status by status on both clocks (and how long it held)
-- Question 2
select
    status,
    enforcement,
    valid_from,
    valid_to,
    case when status = 'in_force' and not is_scheduled then valid_to - valid_from end as days_in_force,
    is_scheduled,
    known_from,
    evidence_document
from core.fct_action_status
where action_id = 'US-FR-2025-19001' and known_to = date '9999-12-31'
order by valid_from
