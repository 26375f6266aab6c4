-- Grain: one row a rule × list × entry × entity reached × valid interval.

select
    rule_code,
    list_code,
    entry_key,
    listed_entity_id,
    entity_id,
    ownership_share,
    share_basis,
    owner_count,
    path_length,
    path,
    last_share,
    is_aggregate,
    valid_from,
    valid_to
from {{ ref('int_ownership__reach') }}
