-- Grain: one row a list × entry × country × basis × valid interval × known interval.

select
    list_code,
    entry_key,
    country_code,
    basis,
    valid_from,
    valid_to,
    known_from,
    known_to
from {{ ref('int_list__countries') }}
