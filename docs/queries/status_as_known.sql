-- What was believed of 1 December 2025: the affiliates rule as known in October and as known from November on
-- Question 2
select
    days.known_on,
    held.status,
    held.is_scheduled,
    held.evidence_document
from (values (date '2025-10-15'), (date '2025-11-12')) as days(known_on)
inner join core.fct_action_status as held
    on held.known_from <= days.known_on and days.known_on < held.known_to
where
    held.action_id = 'US-FR-2025-19001'
    and held.valid_from <= date '2025-12-01' and date '2025-12-01' < held.valid_to
order by days.known_on
