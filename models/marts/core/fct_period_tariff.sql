-- Grain: one row a period × ten-digit line × partner with imports for consumption and a duty known throughout.

select
    partner_code,
    product_level,
    product_code,
    period_start,
    period_months,
    expected_rate
from {{ ref('int_tariff__period_rates') }}
