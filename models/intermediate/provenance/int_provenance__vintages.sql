-- Grain: one row a vintage of one thing.

select
    source,
    thing,
    vintage_id,
    known_from,
    known_precision,
    sequence,
    status,
    scope,
    sha256,
    row_count,
    added_count,
    changed_count,
    removed_count,
    licence,
    nullif(url, '') as url,
    ingested_at,
    nullif(reason, '') as reason
from {{ ref('stg_statecraft__vintages') }}
