-- Grain: one row a list × citation text × place.

select
    cast(raw.list_code as string) as list_code,
    cast(raw.citation_text as string) as citation_text,
    cast(raw.place as integer) as place,
    cast(raw.citation as string) as citation,
    cast(raw.volume as integer) as volume,
    cast(raw.page as integer) as page,
    cast(raw.cited_on as date) as cited_on,
    cast(raw.rule_citation as string) as rule_citation,
    cast(raw.resolution as string) as resolution
from {{ raw_parquet('list_rules', 'citations') }} as raw
