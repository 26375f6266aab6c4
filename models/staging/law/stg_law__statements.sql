-- Grain: one row a measure × statement.

select
    cast(raw.statement_id as string) as statement_id,
    cast(raw.measure_id as string) as measure_id,
    cast(raw.place_in_file as integer) as place_in_file,
    cast(raw.authority as string) as authority,
    cast(raw.programme as string) as programme,
    cast(raw.rate_component as string) as rate_component,
    cast(raw.heading as string) as heading,
    cast(raw.operation as string) as operation,
    cast(raw.measure_rate as double) as measure_rate,
    cast(raw.specific_duty_usd as double) as specific_duty_usd,
    cast(raw.specific_unit as string) as specific_unit,
    cast(raw.value_base as string) as value_base,
    cast(raw.rate_column as string) as rate_column,
    cast(raw.claim as string) as claim,
    cast(raw.content as string) as content,
    cast(raw.share_assumption as string) as share_assumption,
    cast(raw.reach_share as double) as reach_share,
    cast(raw.valid_from as date) as valid_from,
    cast(raw.valid_to as date) as valid_to,
    cast(raw.known_on as date) as known_on,
    cast(raw.action_id as string) as action_id,
    cast(raw.citation as string) as citation,
    cast(raw.note as string) as note
from {{ raw_parquet('law', 'statements') }} as raw
