-- Where do American imports of critical goods depend on one country: groups of goods by year
-- Each group once: mineral_rare_earths are the goods of rare_earths, as a part of critical_minerals.
-- Advanced-technology products, which hold goods of other groups too, are left out.
select
    goods.period_start as year_start,  -- First day of the year.
    goods.period_start = max(goods.period_start) over () as is_latest_year,  -- Whether it is the last year held.
    goods.product_code,  -- Group of goods (core.bridge_product_group).
    goods.product_name,  -- Its name.
    goods.import_value_consumption_usd,  -- Imports for consumption. Unit: US dollars.
    goods.hhi,  -- Herfindahl-Hirschman index over suppliers, 0 to 10,000.
    partners.partner_name as top_partner_name,  -- The largest supplier.
    goods.top_share,  -- Its share of imports. Unit: fraction.
    goods.china_share,  -- China's share of imports. Unit: fraction.
    goods.effective_suppliers,  -- Suppliers of equal size that would give the same index.
    goods.is_dependent  -- Whether more than half comes from one supplier, at an index above 4,000.
from trade_impact.supplier_dependence as goods
left join core.dim_partner as partners on goods.top_partner_code = partners.partner_code
where goods.product_level = 'GROUP' and goods.period_months = 12
    and goods.product_code not like 'advanced_technology%' and goods.product_code <> 'mineral_rare_earths'
order by goods.period_start, goods.product_code
