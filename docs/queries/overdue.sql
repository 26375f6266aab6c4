-- Plans whose day has passed and that no document at hand confirms, with the most trade first
-- Question 10
select
    due_on,
    due_kind,
    action_id,
    what,
    round(exposed_import_value_consumption_usd / 1e9, 1) as imports_2024_usd_bn
from policy_events.calendar
where due_on <= date '2026-11-28'
order by imports_2024_usd_bn desc nulls last, due_on, action_id, provision_id
limit 12
