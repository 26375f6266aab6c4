-- Grain: one row a part of a list (its lines of equal validity and knowledge).

{{ config(materialized='table') }}

select
    cast(dense_rank() over (order by list_code, valid_from, valid_to, known_from, known_to) as integer) as list_part_id,
    list_code,
    valid_from,
    valid_to,
    known_from,
    known_to
from (
    select distinct
        list_code,
        valid_from,
        valid_to,
        known_from,
        known_to
    from {{ ref('int_tariff__list_lines') }}
) as parts
