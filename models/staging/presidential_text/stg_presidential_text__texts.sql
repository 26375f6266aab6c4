-- Grain: one row a text × known interval.

select
    cast(raw.text_id as string) as text_id,
    cast(raw.title as string) as title,
    cast(raw.document_kind as string) as document_kind,
    cast(raw.acted_on as date) as acted_on,
    cast(raw.modified_on as date) as modified_on,
    cast(raw.first_bite_on as date) as first_bite_on,
    cast(raw.section_count as integer) as section_count,
    cast(raw.word_count as integer) as word_count,
    cast(raw.cited_act_count as integer) as cited_act_count,
    cast(raw.heading_count as integer) as heading_count,
    cast(raw.source_url as string) as source_url,
    cast(raw.text_sha256 as string) as text_sha256,
    cast(raw.known_from as date) as known_from,
    cast(raw.known_to as date) as known_to
from {{ raw_parquet('presidential_text', 'texts') }} as raw
