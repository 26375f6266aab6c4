-- Grain: one row a ten-digit tariff line × partner × interval.

select
    hts10,
    partner_code,
    cast(claim_share as double) as claim_share,
    cast(claim_basis as string) as claim_basis,
    cast(assumption_id as string) as assumption_id,
    valid_from,
    valid_to
from {{ ref('int_claim__shares') }}
