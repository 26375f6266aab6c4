-- Grain: one row a group × partner × interval of membership.

select
    group_code,
    partner_code,
    valid_from,
    valid_to,
    citation
from {{ ref('int_partner__groups') }}
