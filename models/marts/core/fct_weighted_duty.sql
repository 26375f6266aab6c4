-- Grain: one row a weight year × margin × interval between two changes of its duty.

select
    weight_year,
    partner_code,
    product_level,
    product_code,
    valid_from,
    valid_to,
    import_value_consumption_usd,
    base_duty_usd,
    s232_duty_usd,
    s301_duty_usd,
    s201_duty_usd,
    ieepa_reciprocal_duty_usd,
    ieepa_fentanyl_duty_usd,
    ieepa_other_duty_usd,
    s122_duty_usd,
    s338_duty_usd,
    other_duty_usd,
    unclaimed_duty_usd,
    squared_rate_value_usd
from {{ ref('int_tariff__weighted_levels') }}
