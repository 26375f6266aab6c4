-- How high is the US tariff today, and how high was it a year and two years ago
-- Fractions of customs value at the imports of 2024, all partners and goods.
select
    max(case when current_date >= valid_from and current_date < valid_to then effective_rate end)
        as effective_rate,  -- Expected statutory rate today. Unit: fraction of customs value.
    max(case when current_date - 365 >= valid_from and current_date - 365 < valid_to then effective_rate end)
        as effective_rate_365_days_ago,  -- The same 365 days ago. Unit: fraction of customs value.
    max(case when current_date - 730 >= valid_from and current_date - 730 < valid_to then effective_rate end)
        as effective_rate_730_days_ago  -- The same 730 days ago. Unit: fraction of customs value.
from trade_impact.effective_tariff_steps
where weight_year = 2024 and partner_code = 'ALL' and product_level = 'ALL' and authority = 'ALL'
