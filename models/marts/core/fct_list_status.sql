-- Grain: one row a list × subject × entry × valid interval × known interval.

select
    list_code,
    subject,
    entry_key,
    status,
    is_scheduled,
    is_certain,
    act as act_document,
    citation,
    note,
    valid_from,
    valid_to,
    known_from,
    known_to
from {{ ref('int_list__statuses') }}
