-- Grain: one row a gate × table × rule.

select
    gate,
    table_name,
    rule,
    passed,
    observed,
    bound,
    checked_at
from {{ ref('int_provenance__gate_results') }}
