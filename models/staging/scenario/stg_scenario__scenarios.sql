-- Grain: one row a scenario.

select
    cast(raw.scenario_id as string) as scenario_id,
    cast(raw.title as string) as title,
    cast(raw.question as string) as question,
    cast(raw.kind as string) as kind,
    cast(raw.author as string) as author,
    cast(raw.source as string) as source,
    cast(raw.is_in_fan as boolean) as is_in_fan
from {{ raw_parquet('scenario', 'scenarios') }} as raw
