-- Grain: one row a legal act.

select
    cast(raw.action_id as string) as action_id,
    cast(raw.title as string) as title,
    cast(raw.issuer as string) as issuer,
    cast(raw.issuer_country as string) as issuer_country,
    cast(raw.authority as string) as authority,
    cast(raw.instrument as string) as instrument,
    cast(raw.document_kind as string) as document_kind,
    cast(raw.direction as string) as direction,
    cast(raw.announced_on as date) as announced_on,
    cast(raw.signed_on as date) as signed_on,
    cast(raw.published_on as date) as published_on,
    cast(raw.effective_on as date) as effective_on,
    cast(raw.known_on as date) as known_on,
    cast(raw.document_number as string) as document_number,
    cast(raw.citation as string) as citation,
    cast(raw.comments_open_on as date) as comments_open_on,
    cast(raw.comments_close_on as date) as comments_close_on,
    cast(raw.round_id as string) as round_id,
    cast(raw.source_url as string) as source_url,
    cast(raw.evidence as string) as evidence,
    cast(raw.is_confirmed as boolean) as is_confirmed,
    cast(raw.reviewed_on as date) as reviewed_on
from {{ raw_parquet('law', 'acts') }} as raw
