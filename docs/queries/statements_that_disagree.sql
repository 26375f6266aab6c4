-- Where two statements of the same fact disagree, and which is followed
-- Question 11
select
    subject,
    statement_a,
    source_a,
    statement_b,
    source_b,
    resolved_as
from provenance.disagreements
order by subject, statement_a
limit 12
