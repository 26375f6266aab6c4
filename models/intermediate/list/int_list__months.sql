-- Grain: one row a list × month in which it is alive.

{#
    From the month of the first change or edition to the month of the newest edition: after it nothing is known, and a
    month without a row is not a month without changes.
#}

with digits as (

    {%- for digit in range(10) %}
    select {{ digit }} as digit
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}

),

calendar as (

    select cast(concat(cast(1970 + tens.digit * 10 + ones.digit as string), '-', months.month, '-01') as date) as month
    from digits as tens
    cross join digits as ones
    cross join (
        {%- for month in range(1, 13) %}
        select '{{ '%02d' % month }}' as month
        {%- if not loop.last %}
        union all
        {%- endif %}
        {%- endfor %}
    ) as months

),

begun as (

    select
        list_code,
        min(effective_on) as first_on
    from {{ ref('int_list__changes') }}
    group by list_code

),

alive as (

    select
        editions.list_code,
        least(min(editions.edition_on), coalesce(min(begun.first_on), min(editions.edition_on))) as first_on,
        max(editions.edition_on) as last_on
    from {{ ref('int_list__editions') }} as editions
    left join begun on editions.list_code = begun.list_code
    group by editions.list_code

)

select
    alive.list_code,
    calendar.month,
    alive.last_on as last_edition_on
from alive
inner join calendar
    on
    {{ next_month('calendar.month') }} > alive.first_on
    and alive.last_on >= calendar.month
