-- What the United States bought from China of goods under Chinese export controls, codes that hold nothing else
-- Question 8
select
    e.action_id,
    e.commodity,
    e.product_code,
    round(max(e.value_usd) filter (year(e.period_start) = 2024) / 1e6, 2) as from_china_2024_usd_mn,
    round(max(e.value_usd) filter (year(e.period_start) = 2025) / 1e6, 2) as from_china_2025_usd_mn,
    round(100 * max(e.controlled_share) filter (year(e.period_start) = 2024), 1) as percent_2024,
    round(100 * max(e.controlled_share) filter (year(e.period_start) = 2025), 1) as percent_2025,
    max(e.days_in_force_count) filter (year(e.period_start) = 2025) as days_in_force_2025
from trade_impact.exposed_to_controls as e
where e.importer_code = 'US' and e.measure = 'import_value_consumption_usd'
    and not e.has_other_goods and e.product_code <> 'ALL'
group by e.action_id, e.commodity, e.product_code
having max(e.value_usd) > 500000
order by from_china_2024_usd_mn desc nulls last, e.action_id, e.product_code
