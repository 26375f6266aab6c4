-- Grain: one row a list × edition × pair of keys × way it was found.

select
    list_code,
    known_on,
    key_before,
    key_after,
    entry_key,
    name_before,
    name_after,
    method,
    match_score,
    evidence,
    verdict,
    decided_by
from {{ ref('int_provenance__list_matches') }}
