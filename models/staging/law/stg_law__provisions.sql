-- Grain: one row an act × provision.

select
    cast(raw.action_id as string) as action_id,
    cast(raw.provision_id as string) as provision_id,
    cast(raw.what as string) as what,
    cast(raw.direction as string) as direction,
    cast(raw.effective_on as date) as effective_on,
    cast(raw.retroactive_to as date) as retroactive_to,
    cast(raw.expires_on as date) as expires_on,
    cast(raw.announced_rate as double) as announced_rate,
    cast(raw.confirmed_on as date) as confirmed_on,
    cast(raw.confirmed_by as string) as confirmed_by,
    cast(raw.expiry_confirmed_on as date) as expiry_confirmed_on,
    cast(raw.expiry_confirmed_by as string) as expiry_confirmed_by,
    cast(raw.citation as string) as citation
from {{ raw_parquet('law', 'provisions') }} as raw
