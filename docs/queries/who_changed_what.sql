-- Which acts moved the tariff on goods of one partner (Canada), by how much and how much trade it is about
-- Question 6
select
    changes.day,
    changes.authority,
    acts.title as first_act,
    changes.action_ids,
    round(changes.change_pp, 2) as change_pp,
    round(changes.import_value_consumption_usd / 1e9, 1) as imports_2024_usd_bn
from policy_events.rate_changes as changes
left join core.dim_action as acts on changes.action_id = acts.action_id
where changes.weight_year = 2024 and changes.partner_code = '1220' and changes.authority <> 'ALL'
    and abs(changes.change_pp) > 0.1
order by changes.day, changes.authority
