-- Which tightening held shortest before it was undone, and by which act
-- Question 2
select
    undone.started_on,
    undone.action_id,
    provisions.what,
    undone.days_in_force,
    undone.reversal_kind,
    undone.reversed_by_action_id
from policy_events.reversals as undone
inner join core.fct_action_provision as provisions
    on undone.action_id = provisions.action_id and undone.provision_id = provisions.provision_id
where undone.direction = 'tighten' and undone.days_in_force is not null and undone.started_on >= date '2025-01-01'
order by undone.days_in_force, undone.started_on
limit 12
