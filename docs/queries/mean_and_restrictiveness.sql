-- How restrictive are tariffs beside their mean: weights of 2024, by month since 2025
-- Question 7
select
    month,
    round(100 * effective_rate, 2) as mean_percent,
    round(100 * tri_rate, 2) as restrictiveness_percent
from trade_impact.effective_tariff_monthly
where
    weight_year = 2024 and partner_code = 'ALL' and product_level = 'ALL'
    and month between date '2025-01-01' and date '2026-12-01'
order by month
