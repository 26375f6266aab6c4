-- Grain: one row a ten-digit line of chapters 1-98 × known interval over which its printed rates stay the same.

{#
    A line without a printed rate has those of its nearest superior with one. All three columns are taken from the same
    row. A schedule number has at most four numbered levels, so four turns are ample.
#}
{{ config(materialized='table', meta={'settles': true}) }}
{% set turns = 4 %}

with lines as (

    select
        htsno,
        parent_htsno,
        general,
        special,
        other,
        known_from,
        known_to
    from {{ ref('stg_usitc_hts__lines') }}
    where substr(htsno, 1, 2) < '99'

),

walked_0 as (

    select
        replace(htsno, '.', '') as hts10,
        parent_htsno as superior,
        htsno as rated_htsno,
        general as general_text,
        special as special_text,
        other as other_text,
        known_from,
        known_to
    from lines
    where length(replace(htsno, '.', '')) = 10

),
{% for turn in range(1, turns + 1) %}
walked_{{ turn }} as (

    select
        hts10,
        superior,
        rated_htsno,
        general_text,
        special_text,
        other_text,
        known_from,
        known_to
    from walked_{{ turn - 1 }}
    where general_text is not null or superior is null
    union all
    select
        below.hts10,
        above.parent_htsno as superior,
        coalesce(above.htsno, below.rated_htsno) as rated_htsno,
        above.general as general_text,
        case when above.htsno is null then below.special_text else above.special end as special_text,
        case when above.htsno is null then below.other_text else above.other end as other_text,
        coalesce(greatest(below.known_from, above.known_from), below.known_from) as known_from,
        coalesce(least(below.known_to, above.known_to), below.known_to) as known_to
    from walked_{{ turn - 1 }} as below
    left join lines as above
        on below.superior = above.htsno
        and below.known_from < above.known_to
        and below.known_to > above.known_from
    where below.general_text is null and below.superior is not null

),
{% endfor %}
walked as (

    select
        hts10,
        rated_htsno,
        general_text,
        special_text,
        other_text,
        known_from,
        known_to
    from walked_{{ turns }}

)

{{ merged_known_runs('walked', ['hts10', 'rated_htsno', 'general_text', 'special_text', 'other_text']) }}
