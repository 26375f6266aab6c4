-- Grain: one row an assumption × goods × partner × valid interval.

select
    cast(raw.assumption_id as string) as assumption_id,
    cast(raw.kind as string) as kind,
    cast(raw.hts_prefix as string) as hts_prefix,
    cast(raw.partner_code as string) as partner_code,
    cast(raw.share as double) as share,
    cast(raw.valid_from as date) as valid_from,
    cast(raw.valid_to as date) as valid_to
from {{ raw_parquet('law', 'shares') }} as raw
