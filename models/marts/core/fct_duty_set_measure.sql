-- Grain: one row a duty set × part of the value × with or without a claim × statement.

select
    duty_set_id,
    content,
    is_claimed,
    statement_id,
    programme,
    rate_component,
    operation,
    measure_rate,
    net_share
from {{ ref('int_tariff__duty_set_measures') }}
