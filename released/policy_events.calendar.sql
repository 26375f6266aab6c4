-- View: policy_events.calendar
-- What falls due, and what should have come by today and is not confirmed (is_overdue). One row an act × provision ×
-- due date of policy_events.due_dates.

select
    due_on,
    action_id,
    provision_id,
    what,
    due_kind,
    direction,
    due_on <= current_date as is_overdue,
    exposed_import_value_consumption_usd,
    known_from,
    evidence_document
from policy_events.due_dates
