-- Grain: one row a treatment × weight year.

{# Imports of the goods and partners that the same measures reach in the same way. #}

select
    treatment_id,
    weight_year,
    sum(import_value_consumption_usd) as import_value_consumption_usd
from {{ ref('int_policy__treatment_trade') }}
group by treatment_id, weight_year
