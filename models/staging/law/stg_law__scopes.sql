-- Grain: one row a statement × good or partner it names.

select
    cast(raw.statement_id as string) as statement_id,
    cast(raw.scope_kind as string) as scope_kind,
    cast(raw.scope_code as string) as scope_code,
    cast(raw.is_excluded as boolean) as is_excluded
from {{ raw_parquet('law', 'scopes') }} as raw
