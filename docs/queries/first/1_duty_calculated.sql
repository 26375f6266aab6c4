-- Duty calculated at entry on US imports, 2024 and 2025: all goods, and the partners that paid most in 2025
with yearly as (
    select
        partner_code,
        max(calculated_duty_rate) filter (period_start = date '2024-01-01') as rate_2024,
        max(calculated_duty_rate) filter (period_start = date '2025-01-01') as rate_2025,
        max(calculated_duty_usd) filter (period_start = date '2025-01-01') as duty_2025_usd
    from trade_impact.calculated_duty_rates
    where period_months = 12 and product_level = 'ALL'
    group by partner_code
)

select
    coalesce(p.partner_name, 'All partners') as partner,
    round(100 * y.rate_2024, 2) as rate_2024_percent,
    round(100 * y.rate_2025, 2) as rate_2025_percent,
    round(y.duty_2025_usd / 1e9, 1) as duty_2025_usd_bn
from yearly as y
left join core.dim_partner as p on p.partner_code = y.partner_code
order by y.duty_2025_usd desc nulls last
limit 8
