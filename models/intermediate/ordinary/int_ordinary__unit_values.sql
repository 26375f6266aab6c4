-- Grain: one row a part of the schedule (ten, eight, six, four or two digits) × unit of a duty.

{#
    The customs value of one unit, from the duty paid on it: a duty of 2 cents a kilogram that came to 1 % tells that a
    kilogram was worth 2 dollars. Wider parts stand in for lines without measured imports; partners with a preference
    count only where no others imported the goods of eight digits, or of the wider part. Sums are of decimals, which
    come out the same in whatever order they are added.
#}
{{ config(materialized='table') }}

{% set levels = [
    (1, 'hts10', 10, false), (2, 'hts8', 8, false), (3, 'hts10', 10, true), (4, 'hts8', 8, true),
    (5, 'hs6', 6, false), (6, 'hs6', 6, true), (7, 'hs4', 4, false), (8, 'hs4', 4, true),
    (9, 'chapter', 2, false), (10, 'chapter', 2, true),
] %}

with imports as (

    select
        hts10,
        has_preference,
        measured_unit,
        dutiable_value_usd,
        quantity
    from {{ ref('int_ordinary__measured_imports') }}

),

parts as (

    {%- for closeness, level, digits, of_any_partner in levels %}
    select
        {{ closeness }} as closeness,
        'equivalent_{{ level }}{{ '_any' if of_any_partner }}' as basis,
        substr(hts10, 1, {{ digits }}) as code,
        measured_unit,
        cast(dutiable_value_usd as decimal(28, 6)) as dutiable_value_usd,
        cast(quantity as decimal(28, 6)) as quantity
    from imports
    {%- if not of_any_partner %}
    where not has_preference
    {%- endif %}
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
