-- Grain: one row an act × target.

select
    cast(raw.action_id as string) as action_id,
    cast(raw.target_kind as string) as target_kind,
    cast(raw.target_code as string) as target_code
from {{ raw_parquet('law', 'targets') }} as raw
