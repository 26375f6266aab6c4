-- Grain: one row a list × entry × owner.

select
    cast(raw.list_code as string) as list_code,
    cast(raw.entry_key as string) as entry_key,
    cast(raw.entity_id as string) as entity_id,
    cast(raw.link_method as string) as link_method,
    cast(raw.link_score as double) as link_score,
    cast(raw.link_evidence as string) as link_evidence
from {{ raw_parquet('ownership', 'links') }} as raw
