-- What each scenario does to the rate on the day it does most, to whom, and on how much trade of 2024
-- Question 10
with most as (
    select
        scenario_id,
        valid_from,
        law_effective_rate,
        effective_rate,
        difference_pp,
        exposed_import_value_consumption_usd,
        row_number() over (partition by scenario_id order by abs(difference_pp) desc, valid_from) as place
    from trade_impact.scenario_path
    where partner_code = 'ALL'
)

select
    scenarios.kind,
    scenarios.title,
    most.valid_from as from_day,
    round(100 * most.law_effective_rate, 2) as law_percent,
    round(100 * most.effective_rate, 2) as scenario_percent,
    round(most.difference_pp, 2) as difference_pp,
    round(most.exposed_import_value_consumption_usd / 1e9, 1) as imports_2024_usd_bn
from most
inner join core.dim_scenario as scenarios on most.scenario_id = scenarios.scenario_id
where most.place = 1
order by abs(most.difference_pp) desc
