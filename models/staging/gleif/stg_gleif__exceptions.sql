-- Grain: one row a legal entity × parent not told × known interval.

select
    cast(raw.lei as string) as lei,
    cast(raw.exception_category as string) as exception_category,
    cast(raw.exception_reasons as string) as exception_reasons,
    cast(raw.known_from as date) as known_from,
    cast(raw.known_to as date) as known_to
from {{ raw_parquet('gleif', 'exceptions') }} as raw
