-- Grain: one row a first day of a month for which beliefs are compared.

{# From 2025 on, as far as law speaks, and not beyond 2027. #}

with months as (

    {% for month in range(1, 13) -%}
    select '{{ '%02d' % month }}' as month_text
    {%- if not loop.last %}
    union all
    {% endif %}
    {%- endfor %}

),

years as (

    select '2025' as year_text
    union all
    select '2026' as year_text
    union all
    select '2027' as year_text

),

last_spoken_of as (

    select
        max(
            case when valid_to < {{ open_end() }} then greatest(valid_from, valid_to) else valid_from end
        ) as last_on
    from {{ ref('stg_law__statements') }}

),

days as (

    select cast(concat(years.year_text, '-', months.month_text, '-01') as date) as first_on
    from years
    cross join months

)

select days.first_on
from days
inner join last_spoken_of on days.first_on <= last_spoken_of.last_on
