-- Grain: one row a duty set × class of goods it divides (class 0: it does not divide the value) × part of the value.

{{ config(materialized='table') }}

{#
    Where a set treats the metal in goods apart from the rest, the parts' shares of the value are assumed; what is no
    metal under a measure is the rest. Goods without an assumed share count as wholly metal.
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
            when metal_share > 1 then cast(content_share as double) / metal_share
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

)

select
    duty_set_id,
    product_class_id,
    content,
    part_share
from part_shares
union all
select
    held.duty_set_id,
    0 as product_class_id,
    'other' as content,
    cast(1 as double) as part_share
from (select distinct duty_set_id from {{ ref('int_tariff__statement_sets') }}) as held
left join divided on held.duty_set_id = divided.duty_set_id
where divided.duty_set_id is null
