-- Where official statements on days and acts of the ledger disagree, which is followed, and why
-- Question 11
select
    subject,
    statement_a,
    source_a,
    statement_b,
    source_b,
    resolved_as,
    ground
from provenance.disagreements
where subject like 'AI diffusion%' or subject like 'day the%' or subject like 'last day of the%'
    or subject like 'First day of the Section 338%' or subject like 'rate of the surcharge%'
    or subject like 'reciprocal rate of India from%'
order by subject
