-- Grain: one row an act × document × role.

select
    cast(raw.action_id as string) as action_id,
    cast(raw.document_number as string) as document_number,
    cast(raw.role as string) as role,
    cast(raw.published_on as date) as published_on,
    cast(raw.citation as string) as citation
from {{ raw_parquet('law', 'act_documents') }} as raw
