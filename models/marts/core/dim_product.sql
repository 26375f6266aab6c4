-- Grain: one row a ten-digit tariff line × valid interval × known interval.

select
    hts10,
    substr(hts10, 1, 8) as hts8,
    substr(hts10, 1, 6) as hs6,
    substr(hts10, 1, 2) as chapter,
    description,
    unit_1,
    is_advanced_technology,
    critical_mineral,
    valid_from,
    valid_to,
    known_from,
    known_to
from {{ ref('int_product__with_attributes') }}
