-- Grain: one row a ten-digit line of chapters 1-98 × valid interval × known interval.

{{ config(materialized='table', meta={'settles': true}) }}

{% set columns = ['hts10', 'general_rate', 'general_text', 'general_basis', 'column2_rate', 'column2_text',
    'column2_basis'] %}

with rated as (

    select
        lines.hts10,
        {{ rate_of_value('general', 'general_values') }} as general_rate,
        lines.general_text,
        {{ rate_basis('general', 'general_values') }} as general_basis,
        {{ rate_of_value('other', 'other_values') }} as column2_rate,
        lines.other_text as column2_text,
        {{ rate_basis('other', 'other_values') }} as column2_basis,
        lines.known_from,
        lines.known_to
    from {{ ref('int_ordinary__lines') }} as lines
    left join {{ ref('int_ordinary__texts') }} as general
        on lines.general_text = general.rate_text
        and general.rate_column = 'general'
    left join {{ ref('int_ordinary__line_unit_values') }} as general_values
        on lines.hts10 = general_values.hts10
        and general.measured_unit = general_values.measured_unit
    left join {{ ref('int_ordinary__texts') }} as other
        on lines.other_text = other.rate_text
        and other.rate_column = 'other'
    left join {{ ref('int_ordinary__line_unit_values') }} as other_values
        on lines.hts10 = other_values.hts10
        and other.measured_unit = other_values.measured_unit

),

runs as (

    {{ merged_known_runs('rated', columns) }}

),

dated as (

    {{ valid_from_edition('runs', columns) }}

)

{{ both_clocks('dated', columns) }}
