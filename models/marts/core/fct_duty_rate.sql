-- Grain: one row a duty set × class of goods it divides by metal content.

select
    duty_set_id,
    product_class_id
    {%- for column in duty_columns().split() %},
    {{ column }}
    {%- endfor %}
from {{ ref('int_tariff__duty_rates') }}
