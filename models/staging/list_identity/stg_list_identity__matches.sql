-- Grain: one row a list × edition × pair of keys × way it was found.

select
    cast(raw.list_code as string) as list_code,
    cast(raw.known_on as date) as known_on,
    cast(raw.key_before as string) as key_before,
    cast(raw.key_after as string) as key_after,
    cast(raw.entry_key as string) as entry_key,
    cast(raw.name_before as string) as name_before,
    cast(raw.name_after as string) as name_after,
    cast(raw.method as string) as method,
    cast(raw.score as double) as score,
    cast(raw.evidence as string) as evidence,
    cast(raw.verdict as string) as verdict,
    cast(raw.decided_by as string) as decided_by
from {{ raw_parquet('list_identity', 'matches') }} as raw
