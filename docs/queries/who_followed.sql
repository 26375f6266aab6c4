-- Did other governments follow an export control of the United States within a year
-- Question 3
select
    follows.follower_country,
    follows.follower_action_id,
    theirs.title,
    follows.action_id as of_the_us,
    follows.days_later,
    follows.basis
from policy_events.alignment as follows
inner join core.dim_action as theirs on follows.follower_action_id = theirs.action_id
where follows.authority = 'EAR'
order by follows.follower_country, follows.follower_action_id, follows.days_later
limit 15
