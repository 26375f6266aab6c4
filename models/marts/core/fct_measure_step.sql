-- Grain: one row a day × authority × act that begins, changes or ends a measure on it.

select
    changed_on,
    authority,
    action_id
from {{ ref('int_tariff__measure_steps') }}
