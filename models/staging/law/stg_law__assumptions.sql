-- Grain: one row an assumption.

select
    cast(raw.assumption_id as string) as assumption_id,
    cast(raw.statement as string) as statement,
    cast(raw.value as double) as value,
    cast(raw.low as double) as low,
    cast(raw.high as double) as high,
    cast(raw.unit as string) as unit,
    cast(raw.source as string) as source,
    cast(raw.evidence as string) as evidence,
    cast(raw.used_in as string) as used_in,
    cast(raw.is_switched as boolean) as is_switched
from {{ raw_parquet('law', 'assumptions') }} as raw
