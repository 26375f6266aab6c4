-- Grain: one row a ten-digit tariff line × known interval over which its full text and unit stay the same.

{#
    A line reads like the schedule: the texts of its numbered superiors, outermost first, then its own. Superiors are
    walked by a fixed number of self-joins on overlapping intervals (no engine-only recursion); a schedule number has at
    most four numbered levels, so six turns are ample, and a test sees that no line has a superior left.
#}
{{ config(materialized='table') }}
{% set turns = 6 %}

with lines as (

    select
        htsno,
        parent_htsno,
        description,
        unit_1,
        known_from,
        known_to
    from {{ ref('stg_usitc_hts__lines') }}

),

walked_0 as (

    select
        replace(htsno, '.', '') as hts10,
        parent_htsno as superior,
        description,
        unit_1,
        known_from,
        known_to
    from lines
    where length(replace(htsno, '.', '')) = 10

),
{% for turn in range(1, turns + 1) %}
walked_{{ turn }} as (

    select
        below.hts10,
        above.parent_htsno as superior,
        case
            when above.htsno is null then below.description
            else above.description || ' > ' || below.description
        end as description,
        below.unit_1,
        greatest(below.known_from, above.known_from) as known_from,
        least(below.known_to, above.known_to) as known_to
    from walked_{{ turn - 1 }} as below
    left join lines as above
        on below.superior = above.htsno
        and below.known_from < above.known_to
        and below.known_to > above.known_from

),
{% endfor %}
walked as (

    select
        hts10,
        superior,
        description,
        unit_1,
        known_from,
        known_to
    from walked_{{ turns }}

)

{{ merged_known_runs('walked', ['hts10', 'description', 'unit_1', 'superior']) }}
