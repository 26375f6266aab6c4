-- Grain: one row an issuer × programme × list of goods × tariff code × valid interval × known interval.

select
    duties.issuer,
    partners.partner_code as target_partner_code,
    duties.programme,
    duties.tariff_list,
    lines.tariff_code,
    duties.rate,
    duties.action_id,
    duties.citation,
    duties.valid_from,
    duties.valid_to,
    duties.known_from,
    duties.known_to
from {{ ref('int_foreign__duties') }} as duties
inner join {{ ref('stg_law__foreign_lines') }} as lines on duties.tariff_list = lines.tariff_list
inner join {{ ref('int_partner__named') }} as partners on partners.iso2 = 'US'
