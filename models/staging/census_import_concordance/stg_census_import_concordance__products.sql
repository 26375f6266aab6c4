-- Grain: one row a ten-digit import code × known interval.

select
    cast(raw.hts10 as string) as hts10,
    cast(raw.short_description as string) as short_description,
    cast(raw.long_description as string) as long_description,
    cast(raw.unit_1 as string) as unit_1,
    cast(raw.unit_2 as string) as unit_2,
    cast(raw.sitc as string) as sitc,
    cast(raw.end_use_code as string) as end_use_code,
    cast(raw.usda_code as string) as usda_code,
    cast(raw.naics as string) as naics,
    cast(raw.advanced_technology_code as string) as advanced_technology_code,
    cast(raw.known_from as date) as known_from,
    cast(raw.known_to as date) as known_to
from {{ raw_parquet('census_import_concordance', 'products') }} as raw
