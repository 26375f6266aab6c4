-- The path of rates against what is left of it: by authority and calendar year, all partners, at the trade of 2024
-- Question 3
select
    year(window_from) as year,
    authority,
    round(path_pp, 2) as path_pp,
    round(net_pp, 2) as net_pp,
    round(churn, 1) as churn,
    round(round_trip_share, 2) as round_trip_share,
    step_count
from policy_events.churn
where weight_year = 2024 and partner_code = 'ALL'
order by window_from, path_pp desc
