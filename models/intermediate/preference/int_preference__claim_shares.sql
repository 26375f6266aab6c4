-- Grain: one row a ten-digit line × partner × valid interval.

select
    hts_prefix as hts10,
    partner_code,
    share as claim_share,
    kind as claim_basis,
    assumption_id,
    valid_from,
    valid_to
from {{ ref('stg_law__shares') }}
where kind = 'claim' and length(hts_prefix) = 10
