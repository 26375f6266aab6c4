-- Grain: one row a correction × vintage × key × column.

select
    source,
    thing,
    vintage_id,
    key,
    column_name,
    published_value,
    corrected_value,
    reason,
    status
from {{ ref('int_provenance__corrections') }}
