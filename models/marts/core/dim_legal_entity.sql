-- Grain: one row an entity.

select
    entity_id,
    entity_name,
    other_names,
    country_code,
    headquarters_country_code,
    entity_category,
    entity_status,
    direct_parent_exception,
    ultimate_parent_exception,
    is_registered
from {{ ref('int_ownership__entities') }}
