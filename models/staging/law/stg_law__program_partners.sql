-- Grain: one row a programme × partner × valid interval.

select
    cast(raw.program_code as string) as program_code,
    cast(raw.partner_code as string) as partner_code,
    cast(raw.valid_from as date) as valid_from,
    cast(raw.valid_to as date) as valid_to,
    cast(raw.citation as string) as citation
from {{ raw_parquet('law', 'program_partners') }} as raw
