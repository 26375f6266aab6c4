-- Grain: one row a ten-digit line of chapters 1-98 × valid interval × known interval.

select
    hts10,
    general_rate,
    general_text,
    general_basis,
    column2_rate,
    column2_text,
    column2_basis,
    valid_from,
    valid_to,
    known_from,
    known_to
from {{ ref('int_ordinary__duties') }}
