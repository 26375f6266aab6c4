-- Whose goods the reciprocal tariffs of April 2025 touch, by partner; what two provisions reach counts once
-- Question 6
select
    partners.partner_name,
    round(margins.exposed_import_value_consumption_usd / 1e9, 1) as gross_usd_bn,
    round(100 * margins.exposed_share, 1) as gross_percent_of_its_imports,
    round(margins.marginal_import_value_consumption_usd / 1e9, 1) as marginal_usd_bn
from trade_impact.action_exposure_margins as margins
inner join core.dim_partner as partners on margins.partner_code = partners.partner_code
where margins.action_id = 'US-EO-14257' and margins.provision_id = 'ALL' and margins.weight_year = 2024
order by margins.exposed_import_value_consumption_usd desc
limit 12
