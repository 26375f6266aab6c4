-- Grain: one row a gate × table × rule.

select
    cast(raw.gate as string) as gate,
    cast(raw.table_name as string) as table_name,
    cast(raw.rule as string) as rule,
    cast(raw.passed as boolean) as passed,
    cast(raw.observed as string) as observed,
    cast(raw.bound as string) as bound,
    cast(raw.checked_at as timestamp) as checked_at
from {{ raw_parquet('statecraft', 'gate_results') }} as raw
