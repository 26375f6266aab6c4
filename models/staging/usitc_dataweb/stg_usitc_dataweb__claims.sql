-- Grain: one row a programme × partner × month × tariff line × known interval.

select
    cast(raw.program_code as string) as program_code,
    cast(raw.partner_code as string) as partner_code,
    cast(raw.period_start as date) as period_start,
    cast(raw.hts10 as string) as hts10,
    cast(raw.total_import_value_consumption_usd as bigint) as total_import_value_consumption_usd,
    cast(raw.claimed_import_value_consumption_usd as bigint) as claimed_import_value_consumption_usd,
    cast(raw.known_from as date) as known_from,
    cast(raw.known_to as date) as known_to
from {{ raw_parquet('usitc_dataweb', 'claims') }} as raw
