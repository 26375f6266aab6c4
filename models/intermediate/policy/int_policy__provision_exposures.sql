-- Grain: one row an act × provision × weight year.

{# Imports of the goods and partners that the provision's measures ever reach, as law is known now. #}

select
    reached.action_id,
    reached.provision_id,
    weights.weight_year,
    cast(sum(weights.import_value_consumption_usd) as bigint) as exposed_import_value_consumption_usd
from (
    select distinct
        action_id,
        provision_id,
        treatment_id
    from {{ ref('int_policy__provision_reach') }}
) as reached
inner join {{ ref('int_policy__treatment_weights') }} as weights on reached.treatment_id = weights.treatment_id
group by reached.action_id, reached.provision_id, weights.weight_year
