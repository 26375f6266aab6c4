-- Grain: one row a scenario × step that adds a measure like another × treatment that other reaches on its day of law.

{{ config(materialized='table') }}

with added as (

    select *
    from {{ ref('int_scenario__added_statements') }}
    where like_statement_id is not null

),

sets as (

    select distinct
        added.scenario_id,
        added.step_number,
        added.as_on,
        added.names_goods,
        added.names_partners,
        statements.duty_set_id
    from added
    inner join {{ ref('int_tariff__duty_set_statements') }} as statements
        on added.like_statement_id = statements.statement_id

)

select
    sets.scenario_id,
    sets.step_number,
    sets.names_goods,
    sets.names_partners,
    held.treatment_id
from sets
inner join {{ ref('int_tariff__treatment_duty_sets') }} as held
    on sets.duty_set_id = held.duty_set_id
    and sets.as_on >= held.valid_from
    and sets.as_on < held.valid_to
where held.known_to = {{ open_end() }}
