-- Which tightening provisions touch most trade, gross, and marginal to what was already in force
-- At the imports of 2024, all partners and goods.
select
    acts.took_effect_on,  -- Day the provision began to bite.
    acts.action_id,  -- Act (core.dim_action).
    acts.provision_id,  -- Provision of the act.
    acts.authority,  -- Legal authority.
    acts.exposed_import_value_consumption_usd,  -- Imports it reaches. Unit: US dollars.
    acts.exposed_share,  -- The same over all imports. Unit: fraction.
    acts.marginal_import_value_consumption_usd  -- Of these, imports whose total duty it changed. Unit: US dollars.
from trade_impact.action_exposure as acts
where acts.weight_year = 2024 and acts.direction = 'tighten' and not acts.is_scheduled
order by acts.marginal_import_value_consumption_usd desc, acts.action_id, acts.provision_id, acts.authority
