-- Grain: one row an owner × owned × share basis × valid interval × source.

select
    owner_id,
    owned_id,
    share_basis,
    share,
    source,
    valid_from,
    valid_to,
    known_from
from {{ ref('int_ownership__edges') }}
