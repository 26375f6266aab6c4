-- Grain: one row a weight year × partner × NAICS sector × interval between two changes of its duty.

select
    weight_year,
    partner_code,
    product_level,
    product_code,
    valid_from,
    valid_to,
    import_value_consumption_usd,
    expected_duty_usd,
    unclaimed_duty_usd
from {{ ref('int_tariff__weighted_sector_levels') }}
