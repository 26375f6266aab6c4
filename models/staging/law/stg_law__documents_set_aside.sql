-- Grain: one row a document that was reviewed and is no act of policy.

select
    cast(raw.document_number as string) as document_number,
    cast(raw.reason as string) as reason,
    cast(raw.reviewed_on as date) as reviewed_on
from {{ raw_parquet('law', 'documents_set_aside') }} as raw
