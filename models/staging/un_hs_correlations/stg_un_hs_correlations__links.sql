-- Grain: one row a newer edition × older edition × newer subheading × older subheading × known interval.

select
    cast(raw.newer_edition as string) as newer_edition,
    cast(raw.older_edition as string) as older_edition,
    cast(raw.newer_hs6 as string) as newer_hs6,
    cast(raw.older_hs6 as string) as older_hs6,
    cast(raw.relationship as string) as relationship,
    cast(raw.is_conversion as boolean) as is_conversion,
    cast(raw.known_from as date) as known_from,
    cast(raw.known_to as date) as known_to
from {{ raw_parquet('un_hs_correlations', 'links') }} as raw
