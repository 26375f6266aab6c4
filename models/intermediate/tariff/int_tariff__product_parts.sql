-- Grain: one row a ten-digit line × part of a list it is on.

{{ config(materialized='table') }}

{# A line is on a list where one of the list's prefixes begins its number: one equality join a length of prefix. #}

with products as (

    select hts10 from {{ ref('int_product__lines') }}

),

lines as (

    select distinct
        parts.list_part_id,
        lines.hts_prefix,
        length(lines.hts_prefix) as digit_count
    from {{ ref('int_tariff__list_lines') }} as lines
    inner join {{ ref('int_tariff__list_parts') }} as parts
        on lines.list_code = parts.list_code
        and lines.valid_from = parts.valid_from
        and lines.valid_to = parts.valid_to
        and lines.known_from = parts.known_from
        and lines.known_to = parts.known_to

),

lengths as (

    select distinct digit_count from lines

),

beginnings as (

    select
        products.hts10,
        lengths.digit_count,
        substr(products.hts10, 1, lengths.digit_count) as hts_prefix
    from products
    cross join lengths

)

select distinct
    beginnings.hts10,
    lines.list_part_id
from beginnings
inner join lines
    on beginnings.hts_prefix = lines.hts_prefix
    and beginnings.digit_count = lines.digit_count
