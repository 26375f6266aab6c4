-- Grain: one row an act × provision × weight year.

select
    action_id,
    provision_id,
    weight_year,
    exposed_import_value_consumption_usd
from {{ ref('int_policy__provision_exposures') }}
