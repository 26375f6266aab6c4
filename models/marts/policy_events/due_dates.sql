-- Grain: one row an act × provision × due date.

{# Plans as known now: what takes effect, ends or comes back on a day, and is no fact yet. The calendar reads it. #}

with plans as (

    select
        *,
        lag(status) over (partition by action_id, provision_id order by valid_from) as status_before
    from {{ ref('fct_action_status') }}
    where known_to = {{ open_end() }}

)

select
    plans.valid_from as due_on,
    plans.action_id,
    plans.provision_id,
    provisions.what,
    case
        when plans.status = 'in_force' and plans.status_before = 'suspended' then 'returns'
        when plans.status = 'in_force' then 'takes_effect'
        when plans.status = 'expired' then 'expires'
        else plans.status
    end as due_kind,
    provisions.direction,
    exposures.weight_year,
    exposures.exposed_import_value_consumption_usd,
    plans.known_from,
    plans.evidence_document
from plans
inner join {{ ref('fct_action_provision') }} as provisions
    on
    plans.action_id = provisions.action_id
    and plans.provision_id = provisions.provision_id
left join {{ ref('fct_provision_exposure') }} as exposures
    on
    plans.action_id = exposures.action_id
    and plans.provision_id = exposures.provision_id
    and exposures.weight_year = 2024
where plans.is_scheduled
