-- Grain: one row a rule.

select
    cast(raw.rule_citation as string) as rule_citation,
    cast(raw.volume as integer) as volume,
    cast(raw.start_page as integer) as start_page,
    cast(raw.last_page as integer) as last_page,
    cast(raw.published_on as date) as published_on,
    cast(raw.effective_on as date) as effective_on,
    cast(raw.document_number as string) as document_number,
    cast(raw.title as string) as title,
    cast(raw.abstract as string) as abstract,
    cast(raw.amends_list as boolean) as amends_list,
    cast(raw.evidence as string) as evidence
from {{ raw_parquet('list_rules', 'rules') }} as raw
