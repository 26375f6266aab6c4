-- Grain: one row a pair of entries.

select
    cast(raw.list_code_a as string) as list_code_a,
    cast(raw.entry_key_a as string) as entry_key_a,
    cast(raw.list_code_b as string) as list_code_b,
    cast(raw.entry_key_b as string) as entry_key_b,
    cast(raw.match_score as double) as match_score,
    cast(raw.method as string) as method,
    cast(raw.evidence as string) as evidence,
    cast(raw.verdict as string) as verdict,
    cast(raw.decided_by as string) as decided_by
from {{ raw_parquet('list_identity', 'links') }} as raw
