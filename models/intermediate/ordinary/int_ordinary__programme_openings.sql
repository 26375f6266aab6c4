-- Grain: one row a programme.

{{ config(materialized='table', meta={'settles': true}) }}

{# When it opened, and the editions that could tell: later ones change nothing here. #}

with opened as (

    select
        program_code,
        min(valid_from) as open_on
    from {{ ref('int_ordinary__program_partners') }}
    group by program_code

)

select
    opened.program_code,
    opened.open_on,
    min(editions.released_on) as oldest_edition_on,
    min(case when editions.released_on >= opened.open_on then editions.released_on end) as next_edition_on
from opened
cross join (select distinct released_on from {{ ref('int_schedule__editions') }}) as editions
group by opened.program_code, opened.open_on
