-- Grain: one row a ten-digit tariff line × metal.

select
    hts10,
    content,
    cast(content_share as double) as content_share,
    assumption_id
from {{ ref('int_tariff__content_shares') }}
