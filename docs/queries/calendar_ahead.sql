-- What falls due from December 2026 on, and how much trade of 2024 hangs on each date
-- Question 10
select
    due_on,
    due_kind,
    action_id,
    what,
    round(exposed_import_value_consumption_usd / 1e9, 1) as imports_2024_usd_bn
from policy_events.calendar
where due_on >= date '2026-12-01'
order by due_on, action_id, provision_id
limit 15
