-- Grain: one row a document × kind of what it cites × what it cites.

select
    document_id,
    cited_kind,
    cited,
    mentioned_times,
    cited_document_id
from {{ ref('int_document__citations') }}
