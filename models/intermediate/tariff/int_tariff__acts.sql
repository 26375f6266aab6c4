-- Grain: one row a legal act.

select
    action_id,
    title,
    issuer,
    authority,
    instrument,
    announced_on,
    signed_on,
    published_on,
    effective_on,
    document_number,
    citation,
    source_url,
    evidence
from {{ ref('stg_law__acts') }}
