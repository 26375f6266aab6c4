-- Grain: one row a text or list the engine cannot compute.

select
    kind,
    key,
    text,
    reason
from {{ ref('int_provenance__not_computable') }}
