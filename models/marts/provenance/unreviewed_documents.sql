-- Grain: one row a document that a rule puts in scope and no act covers.

select
    document_id,
    document_number,
    public_on as published_on,
    title,
    agency_codes as agency,
    citation as register_citation,
    scope_rule,
    scope_rule_count
from {{ ref('int_provenance__unreviewed_documents') }}
