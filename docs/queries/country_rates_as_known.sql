-- The country rates of April 2025 (EO 14257) on 2025-08-05: what was believed of that day, as things became known
-- Question 1
select
    known_from,
    known_to,
    status,
    enforcement,
    is_scheduled,
    evidence_document
from core.fct_action_status
where action_id = 'US-EO-14257' and provision_id = 'country-rates'
    and date '2025-08-05' >= valid_from and date '2025-08-05' < valid_to
order by known_from
