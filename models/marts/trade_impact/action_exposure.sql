-- Grain: one row an act × provision × weight year.

with in_force as (

    select
        action_id,
        provision_id,
        min(valid_from) as took_effect_on,
        min(valid_from)
        < coalesce(min(case when not is_scheduled then valid_from end), {{ open_end() }}) as is_scheduled
    from {{ ref('fct_action_status') }}
    where status = 'in_force' and known_to = {{ open_end() }}
    group by action_id, provision_id

)

select
    exposures.action_id,
    exposures.provision_id,
    exposures.weight_year,
    exposures.authority,
    provisions.direction,
    in_force.took_effect_on,
    in_force.is_scheduled,
    exposures.weight_year < year(coalesce(in_force.took_effect_on, provisions.effective_on))
        as is_pre_period_weight,
    exposures.exposed_import_value_consumption_usd,
    {{ ratio('exposures.exposed_import_value_consumption_usd', 'exposures.import_value_consumption_usd') }}
        as exposed_share,
    exposures.marginal_import_value_consumption_usd,
    {{ ratio('exposures.marginal_import_value_consumption_usd', 'exposures.import_value_consumption_usd') }}
        as marginal_share
from {{ ref('fct_exposure_margin') }} as exposures
inner join {{ ref('fct_action_provision') }} as provisions
    on exposures.action_id = provisions.action_id
    and exposures.provision_id = provisions.provision_id
left join in_force
    on exposures.action_id = in_force.action_id
    and exposures.provision_id = in_force.provision_id
where exposures.partner_code = 'ALL' and exposures.product_level = 'ALL'
