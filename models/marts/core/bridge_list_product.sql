-- Grain: one row a list of goods × prefix × valid interval × known interval.

select
    list_code,
    hts_prefix,
    evidence,
    citation,
    valid_from,
    valid_to,
    known_from,
    known_to
from {{ ref('int_tariff__list_lines') }}
