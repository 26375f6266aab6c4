-- Grain: one row a day on which an edition of the tariff schedule became known (the last edition of that day).

select
    revision,
    released_on,
    released_precision,
    previous_revision,
    line_count,
    url
from {{ ref('int_schedule__editions') }}
