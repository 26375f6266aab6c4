-- Grain: one row a first day of a month × horizon in days.

{# From the panel's first year on, as far as beliefs are held (int_tariff__belief_days). #}

with firsts as (

    {% set first_year = var('first_day')[:4] | int -%}
    {% for year in range(first_year, first_year + 20) -%}
    {% set is_last_year = loop.last -%}
    {% for month in range(1, 13) -%}
    select cast('{{ year }}-{{ '%02d' % month }}-01' as date) as first_on
    {%- if not (loop.last and is_last_year) %}
    union all
    {% endif %}
    {%- endfor %}
    {%- endfor %}

),

horizons as (

    select 30 as horizon_days
    union all
    select 60 as horizon_days
    union all
    select 90 as horizon_days

)

select
    firsts.first_on,
    horizons.horizon_days,
    {{ days_after('firsts.first_on', 'horizons.horizon_days') }} as valid_on
from firsts
cross join horizons
inner join (select max(first_on) as last_on from {{ ref('int_tariff__belief_days') }}) as days
    on {{ days_after('firsts.first_on', 'horizons.horizon_days') }} <= days.last_on
