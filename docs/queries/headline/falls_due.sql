-- What falls due after today, and how much trade of 2024 hangs on it
-- What was due by today and is not confirmed is overdue: provenance.overdue_confirmations.
select
    due.due_on,  -- Day on which it falls due.
    due.due_kind,  -- What falls due: an end, a beginning, a step.
    due.action_id,  -- Act (core.dim_action).
    due.what,  -- What the provision does.
    due.exposed_import_value_consumption_usd  -- Imports for consumption it reaches. Unit: US dollars.
from policy_events.due_dates as due
where due.due_on > current_date
order by due.due_on, due.action_id, due.what, due.due_kind
