-- Grain: one row a rule × list × entry × entity reached × valid interval.

select
    cast(raw.rule_code as string) as rule_code,
    cast(raw.list_code as string) as list_code,
    cast(raw.entry_key as string) as entry_key,
    cast(raw.listed_entity_id as string) as listed_entity_id,
    cast(raw.entity_id as string) as entity_id,
    cast(raw.valid_from as date) as valid_from,
    cast(raw.valid_to as date) as valid_to,
    cast(raw.ownership_share as double) as ownership_share,
    cast(raw.share_basis as string) as share_basis,
    cast(raw.owner_count as integer) as owner_count,
    cast(raw.path_length as integer) as path_length,
    cast(raw.path as string) as path,
    cast(raw.last_share as double) as last_share,
    cast(raw.is_aggregate as boolean) as is_aggregate
from {{ raw_parquet('ownership', 'reach') }} as raw
