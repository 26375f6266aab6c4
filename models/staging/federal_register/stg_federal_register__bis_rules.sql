-- Grain: one row a citation × known interval.

select
    cast(raw.citation as string) as citation,
    cast(raw.volume as integer) as volume,
    cast(raw.start_page as integer) as start_page,
    cast(raw.published_on as date) as published_on,
    cast(raw.published_evidence as string) as published_evidence,
    cast(raw.effective_on as date) as effective_on,
    cast(raw.comments_close_on as date) as comments_close_on,
    cast(raw.title as string) as title,
    cast(raw.citation_printed as string) as citation_printed,
    cast(raw.published_printed as string) as published_printed,
    cast(raw.effective_printed as string) as effective_printed,
    cast(raw.comments_printed as string) as comments_printed,
    cast(raw.known_from as date) as known_from,
    cast(raw.known_to as date) as known_to
from {{ raw_parquet('federal_register', 'bis_rules') }} as raw
