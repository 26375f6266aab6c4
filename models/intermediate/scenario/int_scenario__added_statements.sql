-- Grain: one row a scenario × step that adds a measure.

{# A measure added is like one of the law on a day, or stands for itself and behaves as its programme does. #}

select
    steps.scenario_id,
    steps.step_number,
    concat(steps.scenario_id, ':', cast(steps.step_number as string)) as statement_id,
    models.statement_id as like_statement_id,
    coalesce(steps.programme, models.programme) as programme,
    coalesce(steps.rate_component, models.rate_component) as rate_component,
    coalesce(models.operation, 'add') as operation,
    case
        when steps.measure_rate is not null then steps.measure_rate
        when steps.rate_factor is not null then models.measure_rate * steps.rate_factor
        else models.measure_rate
    end as measure_rate,
    models.rate_column,
    models.claim,
    models.content,
    coalesce(models.reach_share, cast(1 as double)) as reach_share,
    steps.as_on,
    steps.names_goods,
    steps.names_partners,
    steps.valid_from,
    steps.valid_to
from {{ ref('stg_scenario__steps') }} as steps
left join {{ ref('int_tariff__described_measures') }} as models
    on steps.like_measure_id = models.measure_id
    and steps.as_on >= models.valid_from
    and steps.as_on < models.valid_to
    and models.known_to = {{ open_end() }}
where steps.operation = 'add' and (steps.like_measure_id is null or models.measure_id is not null)
