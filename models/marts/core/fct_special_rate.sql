-- Grain: one row a ten-digit line × programme × valid interval × known interval.

select
    hts10,
    program_code,
    special_rate,
    special_text,
    special_basis,
    valid_from,
    valid_to,
    known_from,
    known_to
from {{ ref('int_ordinary__special_rates') }}
