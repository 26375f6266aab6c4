-- Grain: one row an act × act × relation × provision.

select
    cast(raw.action_id as string) as action_id,
    cast(raw.relation as string) as relation,
    cast(raw.related_action_id as string) as related_action_id,
    cast(raw.provision_id as string) as provision_id,
    cast(raw.share_undone as double) as share_undone,
    cast(raw.citation as string) as citation
from {{ raw_parquet('law', 'relations') }} as raw
