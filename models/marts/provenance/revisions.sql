-- Grain: one row a day × partner (or ALL) × day on which something became known that changes its expected rate.

select
    day,
    partner_code,
    previous_known_on,
    known_on,
    change_pp,
    cause
from {{ ref('int_provenance__revisions') }}
