-- Grain: one row a gate × table × rule.

select
    gate,
    table_name,
    rule,
    passed,
    observed,
    bound,
    checked_at
from {{ ref('stg_statecraft__gate_results') }}
