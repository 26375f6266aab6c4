-- Grain: one row a provision × measure.

select
    cast(raw.action_id as string) as action_id,
    cast(raw.provision_id as string) as provision_id,
    cast(raw.measure_id as string) as measure_id
from {{ raw_parquet('law', 'provision_measures') }} as raw
