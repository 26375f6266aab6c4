-- What other governments' lists reach of American exports, where exports to them are held at six digits
-- Question 6
select
    exposures.issuer,
    acts.title,
    exposures.first_effective_on,
    exposures.tariff_line_count,
    exposures.hs6_count,
    exposures.partial_hs6_count,
    exposures.weight_year,
    exposures.product_level,
    round(exposures.undivided_export_value_fas_usd / 1e9, 1) as at_least_usd_bn,
    round(exposures.exposed_export_value_fas_usd / 1e9, 1) as at_most_usd_bn
from trade_impact.retaliation_exposure as exposures
inner join core.dim_action as acts on exposures.action_id = acts.action_id
order by exposures.first_effective_on, exposures.issuer
