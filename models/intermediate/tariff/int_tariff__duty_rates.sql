-- Grain: one row a duty set × class of goods it divides by metal content (class 0: it does not divide the value).

{{ config(materialized='table') }}

{# What a set adds, weighted by the parts of the value. A part that no measure of the set reaches adds nothing. #}

select
    parts.duty_set_id,
    parts.product_class_id,
    {%- for column in duty_columns().split() %}
    {%- if column.endswith('added_rate') or column.endswith('floor_share') %}
    sum(case when sets.{{ column }} > 0 then parts.part_share * sets.{{ column }} else 0 end) as {{ column }}
    {%- else %}
    max(case when parts.part_share > 0 then sets.{{ column }} end) as {{ column }}
    {%- endif %}
    {%- if not loop.last %},{% endif %}
    {%- endfor %}
from {{ ref('int_tariff__duty_parts') }} as parts
left join {{ ref('int_tariff__duty_sets') }} as sets
    on parts.duty_set_id = sets.duty_set_id
    and parts.content = sets.content
group by parts.duty_set_id, parts.product_class_id
