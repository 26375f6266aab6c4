-- Grain: one row an issuer × target × programme × list of goods × tariff code × valid interval × known interval.

select
    issuer,
    target_partner_code,
    programme,
    tariff_list,
    tariff_code,
    rate,
    action_id,
    citation,
    valid_from,
    valid_to,
    known_from,
    known_to
from {{ ref('int_foreign__tariffs') }}
