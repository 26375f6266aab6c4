-- The largest steps of the expected tariff in 2025, in percentage points at the trade of 2024, and the acts behind them
select
    day,
    authority,
    round(change_pp, 2) as change_pp,
    action_ids as acts
from policy_events.rate_changes
where weight_year = 2024 and partner_code = 'ALL' and authority <> 'ALL' and year(day) = 2025
order by abs(change_pp) desc
limit 10
