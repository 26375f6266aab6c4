-- Who was added to, changed on or removed from American lists, by administration, and how many were Chinese
-- Question 5
select
    list_code,
    administration,
    cast(sum(added_count) as bigint) as added,
    cast(sum(added_count) filter (country_code = 'CN') as bigint) as added_chinese,
    cast(sum(revised_count) as bigint) as revised,
    cast(sum(removed_count) as bigint) as removed
from policy_events.list_changes_by_administration
where list_code like 'US%' and administration in ('Obama', 'Trump first', 'Biden', 'Trump second')
group by list_code, administration
order by list_code, position(administration in 'Obama Trump first Biden Trump second')
