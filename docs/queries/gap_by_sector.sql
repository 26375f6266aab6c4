-- Where is the gap between law and duty calculated widest: sectors in October 2025, expected rate at weights of 2024
-- Question 7
select
    law.product_code as naics,
    round(100 * law.unclaimed_rate, 2) as statutory_percent,
    round(100 * law.effective_rate, 2) as expected_percent,
    round(100 * paid.calculated_duty_rate, 2) as calculated_percent,
    round(100 * (law.effective_rate - paid.calculated_duty_rate), 2) as gap_pp,
    round(paid.import_value_consumption_usd / 1e9, 1) as imports_usd_bn
from trade_impact.effective_tariff_monthly as law
inner join trade_impact.calculated_duty_rates as paid
    on law.month = paid.period_start
    and law.partner_code = paid.partner_code
    and law.product_level = paid.product_level
    and law.product_code = paid.product_code
where
    law.weight_year = 2024 and law.partner_code = 'ALL' and law.product_level = 'NAICS3'
    and law.month = date '2025-10-01' and paid.period_months = 1
order by gap_pp desc
