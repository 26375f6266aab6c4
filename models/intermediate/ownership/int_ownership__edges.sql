-- Grain: one row an owner × owned × share basis × valid interval × source.

select
    owner_id,
    owned_id,
    share,
    share_basis,
    valid_from,
    valid_to,
    source,
    known_from
from {{ ref('stg_ownership__edges') }}
