-- Grain: one row an act × coder × reason.

select
    cast(raw.action_id as string) as action_id,
    cast(raw.coder as string) as coder,
    cast(raw.rationale as string) as rationale,
    cast(raw.ground as string) as ground,
    cast(raw.source as string) as source
from {{ raw_parquet('law', 'rationales') }} as raw
