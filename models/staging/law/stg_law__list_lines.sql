-- Grain: one row a list × prefix × valid interval × known interval.

select
    cast(raw.list_code as string) as list_code,
    cast(raw.hts_prefix as string) as hts_prefix,
    cast(raw.valid_from as date) as valid_from,
    cast(raw.valid_to as date) as valid_to,
    cast(raw.known_from as date) as known_from,
    cast(raw.known_to as date) as known_to,
    cast(raw.evidence as string) as evidence,
    cast(raw.citation as string) as citation
from {{ raw_parquet('law', 'list_lines') }} as raw
