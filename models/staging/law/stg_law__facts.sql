-- Grain: one row a fact.

select
    cast(raw.fact_id as string) as fact_id,
    cast(raw.hts10 as string) as hts10,
    cast(raw.partner_code as string) as partner_code,
    cast(raw.day as date) as day,
    cast(raw.known_on as date) as known_on,
    cast(raw.component as string) as component,
    cast(raw.expected_rate as double) as expected_rate,
    cast(raw.tolerance as double) as tolerance,
    cast(raw.citation as string) as citation
from {{ raw_parquet('law', 'facts') }} as raw
