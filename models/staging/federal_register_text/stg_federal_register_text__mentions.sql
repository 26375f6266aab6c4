-- Grain: one row a document × kind × mention × known interval.

select
    cast(raw.document_number as string) as document_number,
    cast(raw.mention_kind as string) as mention_kind,
    cast(raw.mention as string) as mention,
    cast(raw.mentioned_times as integer) as mentioned_times,
    cast(raw.known_from as date) as known_from,
    cast(raw.known_to as date) as known_to
from {{ raw_parquet('federal_register_text', 'mentions') }} as raw
