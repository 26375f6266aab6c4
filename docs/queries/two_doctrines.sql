-- How the National Security Strategies of 2022 and 2025 compare, item by item
-- Question 12
select
    item_name,
    max(stance_code) filter (strategy_year = 2022) as stance_2022,
    max(stance_code) filter (strategy_year = 2025) as stance_2025,
    max(summary) filter (strategy_year = 2025) as says_2025
from policy_events.doctrine_comparison
group by item_name
order by item_name
