{#
    The last steps of a reach, for goods and for partners alike: leave out the classes that are never inside, and give
    classes that are inside in the same way one number. Follows a CTE `pieces`; ends the query.
#}
{% macro reach_of(side) -%}
inside as (

    select
        {{ side }}_scope_id,
        {{ side }}_class_id,
        min(valid_from) as valid_from,
        max(valid_to) as valid_to,
        min(known_from) as known_from,
        max(known_to) as known_to
    from pieces
    where not is_excluded
    group by {{ side }}_scope_id, {{ side }}_class_id

),

never_inside as (

    select distinct
        pieces.{{ side }}_scope_id,
        pieces.{{ side }}_class_id
    from pieces
    inner join inside
        on pieces.{{ side }}_scope_id = inside.{{ side }}_scope_id
        and pieces.{{ side }}_class_id = inside.{{ side }}_class_id
    where
        pieces.is_excluded
        and pieces.valid_from <= inside.valid_from
        and pieces.valid_to >= inside.valid_to
        and pieces.known_from <= inside.known_from
        and pieces.known_to >= inside.known_to

),

signatures as (

    select
        pieces.{{ side }}_scope_id,
        pieces.{{ side }}_class_id,
        {{ joined_text(
            "concat(cast(pieces.is_excluded as string), '|', cast(pieces.valid_from as string), '|', "
            "cast(pieces.valid_to as string), '|', cast(pieces.known_from as string), '|', "
            "cast(pieces.known_to as string))",
            ','
        ) }} as reach
    from pieces
    inner join inside
        on pieces.{{ side }}_scope_id = inside.{{ side }}_scope_id
        and pieces.{{ side }}_class_id = inside.{{ side }}_class_id
    left join never_inside
        on pieces.{{ side }}_scope_id = never_inside.{{ side }}_scope_id
        and pieces.{{ side }}_class_id = never_inside.{{ side }}_class_id
    where never_inside.{{ side }}_scope_id is null
    group by pieces.{{ side }}_scope_id, pieces.{{ side }}_class_id

),

numbered as (

    select
        {{ side }}_scope_id,
        {{ side }}_class_id,
        cast(dense_rank() over (order by {{ side }}_scope_id, reach) as integer) as {{ side }}_reach_id
    from signatures

)

select
    numbered.{{ side }}_scope_id,
    numbered.{{ side }}_class_id,
    numbered.{{ side }}_reach_id,
    pieces.is_excluded,
    pieces.valid_from,
    pieces.valid_to,
    pieces.known_from,
    pieces.known_to
from numbered
inner join pieces
    on numbered.{{ side }}_scope_id = pieces.{{ side }}_scope_id
    and numbered.{{ side }}_class_id = pieces.{{ side }}_class_id
{%- endmacro %}
