-- Which tightening provisions of 2025 touch most trade, gross, and marginal to what was already in force
-- Question 6
select
    exposures.took_effect_on,
    exposures.action_id,
    exposures.provision_id,
    exposures.authority,
    round(exposures.exposed_import_value_consumption_usd / 1e9, 1) as gross_usd_bn,
    round(100 * exposures.exposed_share, 1) as gross_percent_of_imports,
    round(exposures.marginal_import_value_consumption_usd / 1e9, 1) as marginal_usd_bn
from trade_impact.action_exposure as exposures
where exposures.weight_year = 2024 and exposures.direction = 'tighten'
    and exposures.took_effect_on between date '2025-01-01' and date '2025-12-31'
order by exposures.marginal_import_value_consumption_usd desc
limit 15
