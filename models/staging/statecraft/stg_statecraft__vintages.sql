-- Grain: one row a vintage of one thing.

select
    cast(raw.source as string) as source,
    cast(raw.thing as string) as thing,
    cast(raw.vintage_id as string) as vintage_id,
    cast(raw.known_from as date) as known_from,
    cast(raw.known_to as date) as known_to,
    cast(raw.known_precision as string) as known_precision,
    cast(raw.sequence as integer) as sequence,
    cast(raw.status as string) as status,
    cast(raw.scope as string) as scope,
    cast(raw.sha256 as string) as sha256,
    cast(raw.row_count as bigint) as row_count,
    cast(raw.added_count as bigint) as added_count,
    cast(raw.changed_count as bigint) as changed_count,
    cast(raw.removed_count as bigint) as removed_count,
    cast(raw.licence as string) as licence,
    cast(raw.url as string) as url,
    cast(raw.ingested_at as timestamp) as ingested_at,
    cast(raw.reason as string) as reason
from {{ raw_parquet('statecraft', 'vintages') }} as raw
