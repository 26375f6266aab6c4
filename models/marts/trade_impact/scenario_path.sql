-- Grain: one row a scenario × weight year × partner × interval between two changes of its duty.

select
    duties.scenario_id,
    duties.weight_year,
    duties.partner_code,
    duties.valid_from,
    duties.valid_to,
    cast(duties.law_duty_usd + duties.duty_difference_usd as double) / duties.import_value_consumption_usd
        as effective_rate,
    cast(duties.law_duty_usd as double) / duties.import_value_consumption_usd as law_effective_rate,
    cast(100 * duties.duty_difference_usd as double) / duties.import_value_consumption_usd as difference_pp,
    duties.exposed_import_value_consumption_usd,
    duties.import_value_consumption_usd,
    scenarios.is_in_fan
from {{ ref('fct_scenario_duty') }} as duties
inner join {{ ref('dim_scenario') }} as scenarios on duties.scenario_id = scenarios.scenario_id
where duties.import_value_consumption_usd > 0
