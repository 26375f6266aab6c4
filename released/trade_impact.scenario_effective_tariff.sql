-- View: trade_impact.scenario_effective_tariff
-- trade_impact.scenario_path day by day, from the first day of a scenario to two years from today. Ask for one scenario
-- or partner, or a few days.

select
    path.scenario_id,
    cast(days.day as date) as day,
    path.partner_code,
    path.weight_year,
    path.effective_rate,
    path.law_effective_rate,
    path.difference_pp,
    path.exposed_import_value_consumption_usd,
    path.import_value_consumption_usd
from trade_impact.scenario_path as path
inner join (
    select unnest(generate_series(
        date '2018-01-01', cast(current_date + interval 2 year as date), interval 1 day
    )) as day
) as days on days.day >= path.valid_from and days.day < path.valid_to
