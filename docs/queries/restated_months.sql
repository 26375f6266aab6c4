-- By how much was each month of imports restated: chapters by partner whose figure was stated again with another value
-- Question 11
select
    period_start as month,
    count(*) as figures_restated,
    round(sum(latest_value_usd - first_value_usd) / 1e6, 2) as net_usd_mn,
    round(sum(abs(latest_value_usd - first_value_usd)) / 1e6, 2) as gross_usd_mn,
    max(latest_known_on) as last_known_on
from trade_impact.restatements
where flow = 'import' and measure = 'import_value_consumption_usd' and product_level = 'HS2' and period_months = 1
group by period_start
order by period_start desc
