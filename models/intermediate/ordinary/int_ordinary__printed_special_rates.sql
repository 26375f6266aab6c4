-- Grain: one row a ten-digit line × programme × known interval over which its rate stays the same.

{{ config(materialized='table', meta={'settles': true}) }}

{% set columns = ['hts10', 'program_code', 'special_rate', 'special_text', 'special_basis'] %}

with rated as (

    select
        lines.hts10,
        programmes.program_code,
        {{ rate_of_value('programmes', 'unit_values') }} as special_rate,
        programmes.rate_text as special_text,
        {{ rate_basis('programmes', 'unit_values') }} as special_basis,
        lines.known_from,
        lines.known_to
    from {{ ref('int_ordinary__lines') }} as lines
    inner join {{ ref('int_ordinary__programme_texts') }} as programmes on lines.special_text = programmes.special_text
    left join {{ ref('int_ordinary__line_unit_values') }} as unit_values
        on lines.hts10 = unit_values.hts10
        and programmes.measured_unit = unit_values.measured_unit

),

runs as (

    {{ merged_known_runs('rated', columns) }}

)

{{ valid_from_edition('runs', columns) }}
