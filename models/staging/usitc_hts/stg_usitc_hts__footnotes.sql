-- Grain: one row a schedule line × column a footnote applies to × known interval.

select
    cast(raw.htsno as string) as htsno,
    cast(raw.applies_to as string) as applies_to,
    cast(raw.footnotes as string) as footnotes,
    cast(raw.chapter99_references as string) as chapter99_references,
    cast(raw.known_from as date) as known_from,
    cast(raw.known_to as date) as known_to
from {{ raw_parquet('usitc_hts', 'footnotes') }} as raw
