-- Grain: one row a provision × measure.

select
    action_id,
    provision_id,
    measure_id
from {{ ref('stg_law__provision_measures') }}
