-- View: trade_impact.effective_tariff_daily
-- trade_impact.effective_tariff_steps day by day, from 2018 to today. Ask for one margin, or a few days.

select
    cast(days.day as date) as day,
    steps.partner_code,
    steps.product_level,
    steps.product_code,
    steps.authority,
    steps.weight_year,
    steps.effective_rate,
    steps.import_value_consumption_usd
from trade_impact.effective_tariff_steps as steps
inner join (
    select unnest(generate_series(date '2018-01-01', current_date, interval 1 day)) as day
) as days on days.day >= steps.valid_from and days.day < steps.valid_to
