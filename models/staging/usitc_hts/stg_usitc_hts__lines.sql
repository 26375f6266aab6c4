-- Grain: one row a schedule line (numbered row) × known interval.

select
    cast(raw.htsno as string) as htsno,
    cast(raw.indent as integer) as indent,
    cast(raw.parent_htsno as string) as parent_htsno,
    cast(raw.description as string) as description,
    cast(raw.unit_1 as string) as unit_1,
    cast(raw.unit_2 as string) as unit_2,
    cast(raw.unit_3 as string) as unit_3,
    cast(raw.general as string) as general,
    cast(raw.special as string) as special,
    cast(raw.other as string) as other,
    cast(raw.quota_quantity as string) as quota_quantity,
    cast(raw.additional_duties as string) as additional_duties,
    cast(raw.general_printed as string) as general_printed,
    cast(raw.special_printed as string) as special_printed,
    cast(raw.other_printed as string) as other_printed,
    cast(raw.known_from as date) as known_from,
    cast(raw.known_to as date) as known_to
from {{ raw_parquet('usitc_hts', 'lines') }} as raw
