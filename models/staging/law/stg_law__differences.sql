-- Grain: one row a difference.

select
    cast(raw.subject as string) as subject,
    cast(raw.statement_a as string) as statement_a,
    cast(raw.source_a as string) as source_a,
    cast(raw.statement_b as string) as statement_b,
    cast(raw.source_b as string) as source_b,
    cast(raw.resolved_as as string) as resolved_as,
    cast(raw.ground as string) as ground
from {{ raw_parquet('law', 'differences') }} as raw
