-- China's share of American imports of computers and electronics, and of all goods, by January and July since 2019
-- Question 8
select
    period_start,
    round(100 * max(china_share) filter (product_code = 'ALL'), 1) as all_goods_percent,
    round(100 * max(china_share) filter (product_code = '334'), 1) as computers_and_electronics_percent,
    round(max(hhi_at_least) filter (product_code = '334')) as hhi_at_least,
    round(max(hhi_at_most) filter (product_code = '334')) as hhi_at_most
from trade_impact.supplier_dependence
where product_code in ('ALL', '334') and period_months = 1
    and period_start >= date '2019-01-01' and extract(month from period_start) in (1, 7)
group by period_start
order by period_start
