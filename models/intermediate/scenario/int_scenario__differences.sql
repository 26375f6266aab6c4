-- Grain: one row a scenario × partner × interval in which duties are others than by law.

{{ config(materialized='table') }}

{# The duty on the trade that differs, and that trade. A duty that cannot be computed is left out, as everywhere. #}

with priced as (

    select
        weighted.scenario_id,
        weighted.partner_code,
        weighted.valid_from,
        weighted.valid_to,
        cast(weighted.value_usd as double) as value_usd,
        {{ expected_duty('law') }} as law_duty_usd,
        {{ expected_duty('scenario') }} as scenario_duty_usd
    from {{ ref('int_scenario__weighted_groups') }} as weighted
    inner join {{ ref('int_scenario__set_duties') }} as duties
        on weighted.law_duty_set_id = duties.law_duty_set_id
        and weighted.scenario_duty_set_id = duties.scenario_duty_set_id
        and weighted.product_class_id = duties.product_class_id
        and weighted.ordinary_id = duties.ordinary_id

),

-- What differs by less than a thousandth of a millionth is the same duty, added up in another order.
differing as (

    select
        scenario_id,
        partner_code,
        valid_from,
        valid_to,
        cast(value_usd as decimal(28, 4)) as exposed_usd,
        cast(scenario_duty_usd - law_duty_usd as decimal(28, 4)) as duty_usd
    from priced
    where abs(scenario_duty_usd - law_duty_usd) > 1e-9 * value_usd

)

select
    scenario_id,
    partner_code,
    valid_from,
    valid_to,
    sum(duty_usd) as duty_usd,
    sum(exposed_usd) as exposed_usd
from differing
group by scenario_id, partner_code, valid_from, valid_to
