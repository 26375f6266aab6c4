-- Grain: one row a numbered line of the tariff schedule × known interval.

select
    htsno,
    replace(htsno, '.', '') as hts_digits,
    parent_htsno,
    indent,
    description,
    unit_1,
    unit_2,
    unit_3,
    general,
    special,
    other,
    quota_quantity,
    additional_duties,
    substr(htsno, 1, 2) = '99' as is_chapter_99,
    known_from,
    known_to
from {{ ref('stg_usitc_hts__lines') }}
