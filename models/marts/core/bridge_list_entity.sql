-- Grain: one row a list × entry × owner.

select
    list_code,
    entry_key,
    entity_id,
    link_method,
    link_score,
    link_evidence
from {{ ref('int_ownership__links') }}
