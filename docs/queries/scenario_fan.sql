-- How far apart scenarios lie, quarter by quarter to the end of 2028: the law as scheduled, lowest and highest
-- Question 10
select
    day,
    round(100 * law_effective_rate, 2) as law_percent,
    round(100 * min_effective_rate, 2) as lowest_percent,
    min_scenario_id as lowest_is,
    round(100 * max_effective_rate, 2) as highest_percent,
    max_scenario_id as highest_is
from trade_impact.scenario_fan
where
    partner_code = 'ALL'
    and day in (
        date '2026-12-01', date '2027-01-01', date '2027-04-01', date '2027-07-01', date '2027-10-01',
        date '2028-01-01', date '2028-04-01', date '2028-07-01', date '2028-10-01'
    )
order by day
