-- Grain: one row a statement of a holding.

select
    cast(raw.owner_id as string) as owner_id,
    cast(raw.owned_id as string) as owned_id,
    cast(raw.share as double) as share,
    cast(raw.share_basis as string) as share_basis,
    cast(raw.valid_from as date) as valid_from,
    cast(raw.valid_to as date) as valid_to,
    cast(raw.source as string) as source,
    cast(raw.known_from as date) as known_from
from {{ raw_parquet('ownership', 'edges') }} as raw
