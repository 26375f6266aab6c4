-- Grain: one row a scenario × weight year × partner × interval between two changes of its duty.

select
    scenario_id,
    weight_year,
    partner_code,
    valid_from,
    valid_to,
    law_duty_usd,
    duty_difference_usd,
    exposed_import_value_consumption_usd,
    import_value_consumption_usd
from {{ ref('int_scenario__levels') }}
