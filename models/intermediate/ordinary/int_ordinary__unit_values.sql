-- Grain: one row a part of the schedule (ten, eight, six, four or two digits) × unit of a duty.

{#
    The customs value of one unit, from the duty paid on it: a duty of 2 cents a kilogram that came to 1 % tells that a
    kilogram was worth 2 dollars. Wider parts stand in for lines without measured imports.
#}
{{ config(materialized='table') }}

{% set levels = [(10, 'equivalent_hts10'), (8, 'equivalent_hts8'), (6, 'equivalent_hs6'), (4, 'equivalent_hs4'),
    (2, 'equivalent_chapter')] %}

with imports as (

    select
        hts10,
        measured_unit,
        dutiable_value_usd,
        quantity
    from {{ ref('int_ordinary__measured_imports') }}

),

parts as (

    {%- for digits, basis in levels %}
    select
        {{ loop.index }} as closeness,
        '{{ basis }}' as basis,
        substr(hts10, 1, {{ digits }}) as code,
        measured_unit,
        cast(dutiable_value_usd as double) as dutiable_value_usd,
        quantity
    from imports
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}

)

select
    closeness,
    basis,
    code,
    measured_unit,
    cast(sum(dutiable_value_usd) as double) / cast(sum(quantity) as double) as unit_value_usd
from parts
group by closeness, basis, code, measured_unit
