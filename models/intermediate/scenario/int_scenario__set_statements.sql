-- Grain: one row a scenarios' duty set × statement in it.

{{ config(materialized='table') }}

select
    sets.duty_set_id,
    statements.statement_id,
    statements.programme,
    statements.rate_component,
    statements.operation,
    statements.measure_rate,
    statements.rate_column,
    statements.claim,
    statements.content,
    statements.reach_share
from {{ ref('int_scenario__segment_sets') }} as sets
inner join {{ ref('int_scenario__segment_statements') }} as statements on sets.segment_id = statements.segment_id
where sets.is_example
