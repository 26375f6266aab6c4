-- Grain: one row a duty set × statement in it.

{{ config(materialized='table') }}

select
    sets.duty_set_id,
    statements.statement_id,
    statements.measure_id,
    statements.programme,
    statements.rate_component,
    statements.operation,
    statements.measure_rate,
    statements.rate_column,
    statements.claim,
    statements.content,
    statements.reach_share
from {{ ref('int_tariff__statement_sets') }} as sets
inner join {{ ref('int_tariff__treatment_cells') }} as cells
    on sets.treatment_id = cells.treatment_id
    and sets.valid_from = cells.valid_from
    and sets.known_from = cells.known_from
inner join {{ ref('stg_law__statements') }} as statements on cells.statement_number = statements.place_in_file
where sets.is_example
