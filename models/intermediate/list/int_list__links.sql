-- Grain: one row a pair of entries.

select
    list_code_a,
    entry_key_a,
    list_code_b,
    entry_key_b,
    match_score,
    method,
    evidence,
    verdict,
    decided_by
from {{ ref('stg_list_identity__links') }}
