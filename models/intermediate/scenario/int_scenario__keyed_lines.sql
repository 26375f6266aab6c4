-- Grain: one row a scenario × ten-digit line that steps reach by the goods they name.

{{ config(materialized='table') }}

{#
    A step that names goods reaches some lines of a class and not others. Lines that the same steps reach share a key:
    the numbers of those steps. A measure added like another has that one's goods where it names none.
#}

with lines as (

    select
        hts10,
        product_class_id
    from {{ ref('int_tariff__product_classes') }}

),

named as (

    select
        scenario_id,
        step_number,
        scope_code,
        length(scope_code) as digit_count,
        is_excluded
    from {{ ref('stg_scenario__scopes') }}
    where scope_kind = 'product'

),

classes_of_models as (

    select distinct
        models.scenario_id,
        models.step_number,
        treatments.product_class_id
    from {{ ref('int_scenario__model_treatments') }} as models
    inner join {{ ref('int_tariff__treatments') }} as treatments on models.treatment_id = treatments.treatment_id
    where not models.names_goods

),

pieces as (

    select
        named.scenario_id,
        named.step_number,
        lines.hts10,
        named.is_excluded
    from named
    inner join lines on named.scope_code = 'ALL' or substr(lines.hts10, 1, named.digit_count) = named.scope_code
    union
    select
        classes_of_models.scenario_id,
        classes_of_models.step_number,
        lines.hts10,
        false as is_excluded
    from classes_of_models
    inner join lines on classes_of_models.product_class_id = lines.product_class_id

),

reached as (

    select
        scenario_id,
        step_number,
        hts10
    from pieces
    group by scenario_id, step_number, hts10
    having max(case when is_excluded then 1 else 0 end) = 0

)

select
    reached.scenario_id,
    reached.hts10,
    min(lines.product_class_id) as product_class_id,
    {{ joined_numbers('reached.step_number') }} as goods_key
from reached
inner join lines on reached.hts10 = lines.hts10
group by reached.scenario_id, reached.hts10
