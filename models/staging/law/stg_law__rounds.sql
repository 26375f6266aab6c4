-- Grain: one row a round.

select
    cast(raw.round_id as string) as round_id,
    cast(raw.round_name as string) as round_name,
    cast(raw.starts_on as date) as starts_on,
    cast(raw.ends_on as date) as ends_on,
    cast(raw.place as string) as place,
    cast(raw.parties as string) as parties,
    cast(raw.citation as string) as citation
from {{ raw_parquet('law', 'rounds') }} as raw
