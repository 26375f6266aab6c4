-- Grain: one row a list of goods × code.

select
    cast(raw.tariff_list as string) as tariff_list,
    cast(raw.tariff_code as string) as tariff_code
from {{ raw_parquet('law', 'foreign_lines') }} as raw
