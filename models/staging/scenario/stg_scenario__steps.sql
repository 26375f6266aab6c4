-- Grain: one row a scenario × step.

select
    cast(raw.scenario_id as string) as scenario_id,
    cast(raw.step_number as integer) as step_number,
    cast(raw.stated_operation as string) as stated_operation,
    cast(raw.operation as string) as operation,
    cast(raw.why as string) as why,
    cast(raw.names_goods as boolean) as names_goods,
    cast(raw.names_partners as boolean) as names_partners,
    cast(raw.valid_from as date) as valid_from,
    cast(raw.valid_to as date) as valid_to,
    cast(raw.as_on as date) as as_on,
    cast(raw.measure_rate as double) as measure_rate,
    cast(raw.rate_factor as double) as rate_factor,
    cast(raw.like_measure_id as string) as like_measure_id,
    cast(raw.programme as string) as programme,
    cast(raw.rate_component as string) as rate_component
from {{ raw_parquet('scenario', 'steps') }} as raw
