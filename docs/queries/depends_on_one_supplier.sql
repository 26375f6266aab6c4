-- Where do American imports of critical goods depend on one country: groups of goods in 2024 and 2025
-- Question 8
select
    d.product_name as goods,
    round(max(d.import_value_consumption_usd) filter (year(d.period_start) = 2025) / 1e6) as imports_2025_usd_mn,
    round(max(d.hhi) filter (year(d.period_start) = 2024)) as hhi_2024,
    round(max(d.hhi) filter (year(d.period_start) = 2025)) as hhi_2025,
    max(p.partner_name) filter (year(d.period_start) = 2025) as largest_2025,
    round(100 * max(d.top_share) filter (year(d.period_start) = 2025), 1) as largest_percent_2025,
    round(100 * max(d.china_share) filter (year(d.period_start) = 2024), 1) as china_percent_2024,
    round(100 * max(d.china_share) filter (year(d.period_start) = 2025), 1) as china_percent_2025,
    bool_or(d.is_dependent) filter (year(d.period_start) = 2025) as is_dependent_2025
from trade_impact.supplier_dependence as d
left join core.dim_partner as p on p.partner_code = d.top_partner_code
where d.product_level = 'GROUP' and d.product_code not like 'advanced_technology_%'
group by d.product_name
order by hhi_2024 desc
