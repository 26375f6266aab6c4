-- Who assessed export controls, when, on what, arguing for which direction
-- Question 12
select
    stated_on,
    author,
    author_kind,
    subject,
    direction,
    summary
from policy_events.assessments
order by stated_on desc, author
