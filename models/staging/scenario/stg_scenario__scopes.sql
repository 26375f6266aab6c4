-- Grain: one row a scenario × step × name.

select
    cast(raw.scenario_id as string) as scenario_id,
    cast(raw.step_number as integer) as step_number,
    cast(raw.scope_kind as string) as scope_kind,
    cast(raw.scope_code as string) as scope_code,
    cast(raw.is_excluded as boolean) as is_excluded
from {{ raw_parquet('scenario', 'scopes') }} as raw
