-- Did more move near rounds than on other days: acts a day within 14 days of any round, against days near none
-- Question 4
select
    issuer_country,
    direction,
    window_act_count as acts_near,
    window_day_count as days_near,
    base_act_count as acts_else,
    base_day_count as days_else,
    round(rate_ratio, 2) as times_as_many
from policy_events.round_window_rates
where round_id = 'ALL' and issuer_country in ('ALL', 'US', 'CN') and direction <> 'ALL'
order by issuer_country, direction
