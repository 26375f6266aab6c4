-- How far the partners an act hits lost share within products and between them, and a year before (placebo)
-- Question 8
select
    action_id,
    product_level,
    is_placebo,
    period_start,
    period_months,
    round(100 * base_hit_share, 1) as share_before_percent,
    round(100 * actual_hit_share, 1) as share_after_percent,
    round(within_usd / 1e9, 1) as within_usd_bn,
    round(between_usd / 1e9, 1) as between_usd_bn,
    round(total_usd / 1e9, 1) as total_usd_bn
from trade_impact.diversion_decomposition
where action_id in ('US-EO-14195', 'US-FR-2019-09681', 'US-FR-2018-20610')
order by action_id, product_level, is_placebo
