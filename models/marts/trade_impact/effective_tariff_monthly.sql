-- Grain: one row a weight year × margin × month, from 2018 to the month of the last change that law has fixed.

{{ config(materialized='table') }}

{# Value, duty and value × rate² are each summed over the days of the month before one is divided by another. #}

with last_change as (

    select max(valid_from) as last_on
    from {{ ref('fct_weighted_duty') }}

),

calendar as (

    select months.month
    from ({{ months_since_2018() }}) as months
    inner join last_change on months.month <= last_change.last_on

),

expected as (

    select
        weight_year,
        partner_code,
        product_level,
        product_code,
        valid_from,
        valid_to,
        import_value_consumption_usd,
        {{ whole_duty() }} as expected_duty_usd,
        unclaimed_duty_usd,
        squared_rate_value_usd
    from {{ ref('fct_weighted_duty') }}

),

monthly as (

    {{ summed_over_days(
        'expected', ['weight_year', 'partner_code', 'product_level', 'product_code'],
        ['import_value_consumption_usd', 'expected_duty_usd', 'unclaimed_duty_usd', 'squared_rate_value_usd'],
        'calendar'
    ) | indent(4) }}

)

select
    weight_year,
    partner_code,
    product_level,
    product_code,
    month,
    {{ ratio('expected_duty_usd_days', 'import_value_consumption_usd_days') }} as effective_rate,
    {{ ratio('unclaimed_duty_usd_days', 'import_value_consumption_usd_days') }} as unclaimed_rate,
    sqrt({{ ratio('squared_rate_value_usd_days', 'import_value_consumption_usd_days') }}) as tri_rate
from monthly
where import_value_consumption_usd_days > 0
