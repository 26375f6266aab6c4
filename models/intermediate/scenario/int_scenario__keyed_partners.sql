-- Grain: one row a scenario × partner that steps reach by the partners they name.

{{ config(materialized='table') }}

{# As int_scenario__keyed_lines. Members of a group are those of the day on which the step begins. #}

with partners as (

    select
        partner_code,
        partner_class_id
    from {{ ref('int_tariff__partner_classes') }}

),

named as (

    select
        scopes.scenario_id,
        scopes.step_number,
        scopes.scope_code,
        scopes.is_excluded,
        steps.valid_from
    from {{ ref('stg_scenario__scopes') }} as scopes
    inner join {{ ref('stg_scenario__steps') }} as steps
        on scopes.scenario_id = steps.scenario_id and scopes.step_number = steps.step_number
    where scopes.scope_kind = 'partner'

),

classes_of_models as (

    select distinct
        models.scenario_id,
        models.step_number,
        treatments.partner_class_id
    from {{ ref('int_scenario__model_treatments') }} as models
    inner join {{ ref('int_tariff__treatments') }} as treatments on models.treatment_id = treatments.treatment_id
    where not models.names_partners

),

pieces as (

    select
        named.scenario_id,
        named.step_number,
        partners.partner_code,
        named.is_excluded
    from named
    inner join partners on named.scope_code = 'ALL' or named.scope_code = partners.partner_code
    union
    select
        named.scenario_id,
        named.step_number,
        countries.partner_code,
        named.is_excluded
    from named
    inner join {{ ref('int_partner__named') }} as countries
        on named.scope_code = countries.iso2 and countries.is_listed_now
    union
    select
        named.scenario_id,
        named.step_number,
        members.partner_code,
        named.is_excluded
    from named
    inner join {{ ref('int_partner__groups') }} as members
        on named.scope_code = members.group_code
        and named.valid_from >= members.valid_from
        and named.valid_from < members.valid_to
    union
    select
        classes_of_models.scenario_id,
        classes_of_models.step_number,
        partners.partner_code,
        false as is_excluded
    from classes_of_models
    inner join partners on classes_of_models.partner_class_id = partners.partner_class_id

),

reached as (

    select
        scenario_id,
        step_number,
        partner_code
    from pieces
    group by scenario_id, step_number, partner_code
    having max(case when is_excluded then 1 else 0 end) = 0

)

select
    reached.scenario_id,
    reached.partner_code,
    min(partners.partner_class_id) as partner_class_id,
    {{ joined_numbers('reached.step_number') }} as partners_key
from reached
inner join partners on reached.partner_code = partners.partner_code
group by reached.scenario_id, reached.partner_code
