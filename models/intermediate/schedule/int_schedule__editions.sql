-- Grain: one row a day on which an edition of the tariff schedule became known (the last edition of that day).

with editions as (

    select
        vintage_id,
        known_from,
        known_precision,
        row_count,
        url,
        row_number() over (
            partition by known_from order by sequence desc, sha256 desc, vintage_id desc
        ) as place_from_last
    from {{ ref('stg_statecraft__vintages') }}
    where source = 'usitc_hts' and thing = 'lines' and status = 'accepted'

)

select
    vintage_id as revision,
    known_from as released_on,
    known_precision as released_precision,
    lag(vintage_id) over (order by known_from) as previous_revision,
    row_count as line_count,
    url
from editions
where place_from_last = 1
