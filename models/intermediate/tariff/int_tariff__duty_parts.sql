-- Grain: one row a duty set × class of goods it divides (class 0: it does not divide the value) × part of the value.

{{ config(materialized='table') }}

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

{{ duty_part_shares(
    'classes', ref('int_tariff__statement_sets'), ref('int_tariff__duty_sets'), ref('int_tariff__goods_classes')
) }}
