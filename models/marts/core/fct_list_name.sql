-- Grain: one row a list × entry × name × valid interval × known interval.

select
    list_code,
    entry_key,
    name,
    name_kind,
    valid_from,
    valid_to,
    known_from,
    known_to
from {{ ref('int_list__names') }}
