-- Grain: one row a statement × rate at which scenarios have it.

{{ config(materialized='table') }}

select
    cast(row_number() over (order by statement_id asc, measure_rate asc nulls first) as integer) as variant_id,
    statement_id,
    programme,
    rate_component,
    operation,
    measure_rate,
    rate_column,
    claim,
    content,
    reach_share
from (
    select distinct
        statement_id,
        programme,
        rate_component,
        operation,
        measure_rate,
        rate_column,
        claim,
        content,
        reach_share
    from {{ ref('int_scenario__segment_statements') }}
) as variants
