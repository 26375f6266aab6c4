-- Grain: one row a programme × partner × valid interval.

select
    program_code,
    partner_code,
    valid_from,
    valid_to,
    citation
from {{ ref('int_ordinary__program_partners') }}
