-- Grain: one row a ten-digit line × unit that any of its rates is in.

{{ config(materialized='table') }}

with lines as (

    select distinct
        hts10,
        general_text,
        special_text,
        other_text
    from {{ ref('int_ordinary__lines') }}

),

texts as (

    select
        rate_column,
        rate_text,
        measured_unit
    from {{ ref('int_ordinary__texts') }}
    where measured_unit is not null

),

wanted as (

    select
        lines.hts10,
        texts.measured_unit
    from lines
    inner join texts on lines.general_text = texts.rate_text and texts.rate_column = 'general'
    union
    select
        lines.hts10,
        texts.measured_unit
    from lines
    inner join texts on lines.other_text = texts.rate_text and texts.rate_column = 'other'
    union
    select
        lines.hts10,
        programmes.measured_unit
    from lines
    inner join {{ ref('int_ordinary__programme_texts') }} as programmes
        on lines.special_text = programmes.special_text
        and programmes.measured_unit is not null

),

parts as (

    {%- for digits in [10, 8, 6, 4, 2] %}
    select
        hts10,
        measured_unit,
        substr(hts10, 1, {{ digits }}) as code
    from wanted
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}

),

ranked as (

    select
        parts.hts10,
        parts.measured_unit,
        unit_values.unit_value_usd,
        unit_values.basis,
        row_number() over (
            partition by parts.hts10, parts.measured_unit order by unit_values.closeness
        ) as place
    from parts
    inner join {{ ref('int_ordinary__unit_values') }} as unit_values
        on parts.code = unit_values.code
        and parts.measured_unit = unit_values.measured_unit

)

select
    hts10,
    measured_unit,
    unit_value_usd,
    basis
from ranked
where place = 1
