-- View: trade_impact.scenario_fan
-- The lowest and the highest rate over the scenarios in the fan and the law itself, by day and partner: from the first
-- day on which a scenario in the fan differs to two years from today. A scenario that has not begun is the law.

select
    days.day,
    law.partner_code,
    law.weight_year,
    law.effective_rate as law_effective_rate,
    least(law.effective_rate, min(path.effective_rate)) as min_effective_rate,
    greatest(law.effective_rate, max(path.effective_rate)) as max_effective_rate,
    case
        when min(path.effective_rate) < law.effective_rate then min_by(path.scenario_id, path.effective_rate)
        else 'law'
    end as min_scenario_id,
    case
        when max(path.effective_rate) > law.effective_rate then max_by(path.scenario_id, path.effective_rate)
        else 'law'
    end as max_scenario_id
from (
    select cast(unnest(generate_series(
        (select min(valid_from) from core.dim_scenario where is_in_fan),
        cast(current_date + interval 2 year as date),
        interval 1 day
    )) as date) as day
) as days
inner join trade_impact.effective_tariff_steps as law
    on days.day >= law.valid_from
    and days.day < law.valid_to
    and law.authority = 'ALL'
    and law.product_level = 'ALL'
    and law.weight_year in (select weight_year from trade_impact.scenario_path)
left join trade_impact.scenario_path as path
    on days.day >= path.valid_from
    and days.day < path.valid_to
    and law.partner_code = path.partner_code
    and law.weight_year = path.weight_year
    and path.is_in_fan
group by days.day, law.partner_code, law.weight_year, law.effective_rate
