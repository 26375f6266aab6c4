-- Which rules of 2025 changed the Entity List, whom they reached, and the act of the ledger that each of them is
-- Question 5
select
    rules.published_on,
    rules.document_number,
    acts.action_id,
    acts.title as act,
    rules.added_count as added,
    rules.revised_count as revised,
    rules.removed_count as removed
from policy_events.list_changes_by_rule as rules
left join core.dim_action as acts on rules.document_number = acts.document_number
where rules.list_code = 'US_BIS_EL' and rules.published_on between date '2025-01-01' and date '2025-12-31'
order by rules.published_on, rules.document_number
