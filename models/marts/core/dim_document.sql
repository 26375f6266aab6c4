-- Grain: one row a document.

select
    document_id,
    document_number,
    document_type,
    document_subtype,
    title as document_title,
    agency_codes,
    published_on,
    signed_on,
    effective_on,
    comments_close_on,
    citation as register_citation,
    presidential_number,
    docket_numbers,
    regulation_numbers,
    cfr_parts,
    is_significant,
    corrects_document_number,
    text_id,
    first_bite_on,
    text_sha256,
    html_url
from {{ ref('int_document__documents') }}
