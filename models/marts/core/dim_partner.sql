-- Grain: one row a trading partner of Schedule C.

select
    partner_code,
    partner_name,
    iso2,
    iso3,
    iso_numeric_code,
    is_listed_now
from {{ ref('int_partner__named') }}
