-- Security or bargaining leverage: acts that say one and are read as the other
-- Question 4
select
    said.action_id,
    acts.title,
    said.rationale as the_act_says,
    reading.rationale as read_as,
    reading.coder,
    reading.ground
from core.fct_action_rationale as said
inner join core.fct_action_rationale as reading on said.action_id = reading.action_id
inner join core.dim_action as acts on said.action_id = acts.action_id
where said.coder = 'act_text' and said.rationale = 'security' and reading.rationale = 'bargaining_leverage'
order by acts.known_on desc, said.action_id
limit 12
