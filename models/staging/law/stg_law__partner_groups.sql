-- Grain: one row a group × partner × valid interval.

select
    cast(raw.group_code as string) as group_code,
    cast(raw.partner_code as string) as partner_code,
    cast(raw.valid_from as date) as valid_from,
    cast(raw.valid_to as date) as valid_to,
    cast(raw.citation as string) as citation
from {{ raw_parquet('law', 'partner_groups') }} as raw
