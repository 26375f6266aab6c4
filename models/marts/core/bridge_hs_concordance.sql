-- Grain: one row a subheading of one edition of the Harmonized System × edition × linked subheading of that edition.

select
    from_edition,
    from_hs6,
    to_edition,
    to_hs6,
    relationship,
    weight_share,
    weight_basis,
    valid_from,
    valid_to
from {{ ref('int_concordance__hs_links') }}
