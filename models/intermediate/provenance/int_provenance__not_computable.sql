-- Grain: one row a text or list the engine cannot compute.

select
    kind,
    key,
    text,
    reason
from {{ ref('stg_law__not_computable') }}
union all
select
    kind,
    key,
    text,
    reason
from {{ ref('int_provenance__uncomputed_rates') }}
union all
select
    kind,
    key,
    text,
    reason
from {{ ref('list_not_computable') }}
union all
select
    kind,
    key,
    text,
    reason
from {{ ref('int_provenance__unresolved_citations') }}
