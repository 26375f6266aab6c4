-- Which acts fell within 14 days of a round of negotiation, and what reason they give (an act may give several)
-- Question 4
select
    windows.round_id,
    count(distinct windows.action_id) filter (windows.direction = 'tighten') as tighten,
    count(distinct windows.action_id) filter (windows.direction = 'loosen') as loosen,
    count(distinct windows.action_id) filter (reasons.rationale = 'security') as says_security,
    count(distinct windows.action_id) filter (reasons.rationale = 'bargaining_leverage') as says_leverage
from policy_events.round_windows as windows
left join core.fct_action_rationale as reasons on windows.action_id = reasons.action_id and reasons.coder = 'act_text'
group by windows.round_id
order by min(windows.stated_on)
