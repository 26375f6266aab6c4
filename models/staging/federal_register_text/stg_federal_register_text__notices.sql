-- Grain: one row a document × known interval.

select
    cast(raw.document_number as string) as document_number,
    cast(raw.document_kind as string) as document_kind,
    cast(raw.title as string) as title,
    cast(raw.agency as string) as agency,
    cast(raw.action as string) as action,
    cast(raw.docket_numbers as string) as docket_numbers,
    cast(raw.filed_on as date) as filed_on,
    cast(raw.comments_open_on as date) as comments_open_on,
    cast(raw.comments_due_on as date) as comments_due_on,
    cast(raw.appearance_due_on as date) as appearance_due_on,
    cast(raw.hearing_on as date) as hearing_on,
    cast(raw.effective_on as date) as effective_on,
    cast(raw.first_page as integer) as first_page,
    cast(raw.last_page as integer) as last_page,
    cast(raw.heading_count as integer) as heading_count,
    cast(raw.table_count as integer) as table_count,
    cast(raw.table_row_count as integer) as table_row_count,
    cast(raw.image_count as integer) as image_count,
    cast(raw.listed_number_count as integer) as listed_number_count,
    cast(raw.word_count as integer) as word_count,
    cast(raw.text_sha256 as string) as text_sha256,
    cast(raw.known_from as date) as known_from,
    cast(raw.known_to as date) as known_to
from {{ raw_parquet('federal_register_text', 'notices') }} as raw
