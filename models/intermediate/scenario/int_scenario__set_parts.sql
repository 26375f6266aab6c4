-- Grain: one row a scenarios' duty set × class of goods it divides (class 0: it divides none) × part of the value.

{{ config(materialized='table') }}

with classes as (

    select distinct
        treatments.product_class_id,
        sets.duty_set_id
    from {{ ref('int_scenario__segment_sets') }} as sets
    inner join {{ ref('int_scenario__segments') }} as segments on sets.segment_id = segments.segment_id
    inner join {{ ref('int_tariff__treatments') }} as treatments on segments.treatment_id = treatments.treatment_id

),

{{ duty_part_shares(
    'classes', ref('int_scenario__segment_sets'), ref('int_scenario__set_sums'), ref('int_tariff__goods_classes')
) }}
