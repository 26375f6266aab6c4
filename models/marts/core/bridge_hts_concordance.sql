-- Grain: one row a discontinued ten-digit line × edition that no longer printed it × line its goods went to.

select
    from_hts10,
    to_hts10,
    valid_from,
    revision,
    basis,
    weight_share,
    weight_basis,
    link_number
from {{ ref('int_concordance__hts_links') }}
