-- Subheadings of which more than half of American imports came from China in 2024, the dearest first
-- Question 8
select
    product_code,
    left(product_name, 60) as goods,
    round(import_value_consumption_usd / 1e9, 2) as imports_usd_bn,
    round(hhi) as hhi,
    round(100 * china_share, 1) as china_percent
from trade_impact.supplier_dependence
where product_level = 'HS6' and period_start = date '2024-01-01' and period_months = 12
    and is_dependent and china_share > 0.5
order by import_value_consumption_usd desc
limit 15
