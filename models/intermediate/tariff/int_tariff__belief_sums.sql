-- Grain: one row a partner × valid interval × known interval.

{{ config(materialized='table') }}

select
    partner_code,
    valid_from,
    valid_to,
    known_from,
    known_to,
    sum(duty_usd) as duty_usd
from {{ ref('int_tariff__believed_duties') }}
group by partner_code, valid_from, valid_to, known_from, known_to
