-- Who sold more than its share of 2024 of what the first order on China covers, and who less, in 2025
-- Question 8
select
    partners.partner_name,
    moved.is_hit_partner,
    round(sum(moved.actual_value_usd) / 1e9, 1) as actual_usd_bn,
    round(sum(moved.constant_share_value_usd) / 1e9, 1) as at_share_of_2024_usd_bn,
    round(sum(moved.diversion_usd) / 1e9, 1) as moved_usd_bn
from trade_impact.import_diversion as moved
inner join core.dim_partner as partners on moved.partner_code = partners.partner_code
where moved.action_id = 'US-EO-14195' and moved.product_level = 'HS6' and not moved.is_placebo
group by partners.partner_name, moved.is_hit_partner
order by abs(sum(moved.diversion_usd)) desc
limit 12
