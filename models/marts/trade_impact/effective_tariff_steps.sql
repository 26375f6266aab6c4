-- Grain: one row a weight year × margin × authority × interval between two changes of the margin's duty.

with duties as (

    select *
    from {{ ref('fct_weighted_duty') }}
    where import_value_consumption_usd > 0

),

by_authority as (

    {{ duties_by_authority('duties') }}

)

select
    weight_year,
    partner_code,
    product_level,
    product_code,
    authority,
    valid_from,
    valid_to,
    cast(duty_usd as double) / import_value_consumption_usd as effective_rate,
    import_value_consumption_usd
from by_authority
