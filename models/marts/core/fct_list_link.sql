-- Grain: one row a pair of entries of lists.

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
from {{ ref('int_list__links') }}
