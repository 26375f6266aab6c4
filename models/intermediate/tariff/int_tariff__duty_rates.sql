-- Grain: one row a duty set × class of goods it divides by metal content (class 0: it does not divide the value).

{{ config(materialized='table') }}

{#
    Where a set treats the metal in goods apart from the rest, its rates are weighted by the parts' assumed shares of the
    value; what is no metal under a measure is the rest. Goods without an assumed share count as wholly metal.
#}

with divided as (

    select distinct duty_set_id
    from {{ ref('int_tariff__duty_sets') }}
    where content <> 'other'

),

classes as (

    select distinct
        treatments.product_class_id,
        of_treatment.duty_set_id
    from {{ ref('int_tariff__treatments') }} as treatments
    inner join {{ ref('int_tariff__treatment_duty_sets') }} as of_treatment
        on treatments.treatment_id = of_treatment.treatment_id
    inner join divided on of_treatment.duty_set_id = divided.duty_set_id

),

shares as (

    select distinct
        classes.product_class_id,
        shares.content,
        shares.content_share
    from {{ ref('int_tariff__content_shares') }} as shares
    inner join {{ ref('int_tariff__product_classes') }} as classes on shares.hts10 = classes.hts10

),

metals as (

    select
        classes.product_class_id,
        sets.duty_set_id,
        sets.content,
        shares.content_share,
        count(*) over (partition by classes.product_class_id, sets.duty_set_id) as metal_count,
        sum(shares.content_share) over (partition by classes.product_class_id, sets.duty_set_id) as metal_share
    from classes
    inner join {{ ref('int_tariff__duty_sets') }} as sets
        on classes.duty_set_id = sets.duty_set_id and sets.content <> 'other'
    left join shares
        on classes.product_class_id = shares.product_class_id and sets.content = shares.content

),

part_shares as (

    select
        product_class_id,
        duty_set_id,
        content,
        case
            when metal_share is null then cast(1 as double) / metal_count
            when content_share is null then 0
            when metal_share > 1 then content_share / metal_share
            else content_share
        end as part_share
    from metals
    union all
    select
        product_class_id,
        duty_set_id,
        'other' as content,
        case
            when max(metal_share) is null or max(metal_share) > 1 then 0
            else 1 - max(metal_share)
        end as part_share
    from metals
    group by product_class_id, duty_set_id

),

weighted as (

    select
        sets.duty_set_id,
        part_shares.product_class_id
        {%- for column in duty_columns().split() %},
            {%- if column.endswith('added_rate') %}
        sum(part_shares.part_share * sets.{{ column }}) as {{ column }}
            {%- elif column.endswith('floor_share') %}
        sum(case when sets.{{ column }} > 0 then part_shares.part_share * sets.{{ column }} else 0 end) as {{ column }}
            {%- else %}
        max(case when part_shares.part_share > 0 then sets.{{ column }} end) as {{ column }}
            {%- endif %}
        {%- endfor %}
    from part_shares
    inner join {{ ref('int_tariff__duty_sets') }} as sets
        on part_shares.duty_set_id = sets.duty_set_id
        and part_shares.content = sets.content
    group by sets.duty_set_id, part_shares.product_class_id

)

select
    sets.duty_set_id,
    0 as product_class_id
    {%- for column in duty_columns().split() %},
        {%- if column.endswith('floor_share') %}
    case when sets.{{ column }} > 0 then sets.{{ column }} else 0 end as {{ column }}
        {%- else %}
    sets.{{ column }}
        {%- endif %}
    {%- endfor %}
from {{ ref('int_tariff__duty_sets') }} as sets
left join divided on sets.duty_set_id = divided.duty_set_id
where divided.duty_set_id is null
union all
select
    duty_set_id,
    product_class_id
    {%- for column in duty_columns().split() %},
    {{ column }}
    {%- endfor %}
from weighted
