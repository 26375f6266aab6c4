-- Grain: one row a fact × two statements of it.

select
    subject,
    statement_a,
    source_a,
    statement_b,
    source_b,
    resolved_as,
    ground
from {{ ref('stg_law__differences') }}
