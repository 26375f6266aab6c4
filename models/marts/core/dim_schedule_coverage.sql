-- Grain: one row an interval and the edition ordinary duties are read from in it.

select
    valid_from,
    valid_to,
    revision,
    edition_basis,
    footnote_basis
from {{ ref('int_schedule__coverage') }}
