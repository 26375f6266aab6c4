-- Grain: one row a provision × measure.

select
    action_id,
    provision_id,
    measure_id
from {{ ref('int_policy__provision_measures') }}
