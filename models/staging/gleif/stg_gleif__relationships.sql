-- Grain: one row a child × parent × relationship type × known interval.

select
    cast(raw.child_id as string) as child_id,
    cast(raw.parent_id as string) as parent_id,
    cast(raw.relationship_type as string) as relationship_type,
    cast(raw.child_id_type as string) as child_id_type,
    cast(raw.parent_id_type as string) as parent_id_type,
    cast(raw.relationship_status as string) as relationship_status,
    cast(raw.starts_on as date) as starts_on,
    cast(raw.ends_on as date) as ends_on,
    cast(raw.registration_status as string) as registration_status,
    cast(raw.accounting_standard as string) as accounting_standard,
    cast(raw.updated_on as date) as updated_on,
    cast(raw.known_from as date) as known_from,
    cast(raw.known_to as date) as known_to
from {{ raw_parquet('gleif', 'relationships') }} as raw
