-- Grain: one row a day of belief × day the belief is about × partner (or ALL).

select
    believed_on,
    valid_on,
    partner_code,
    effective_rate
from {{ ref('int_tariff__believed_rates') }}
