-- Grain: one row a tariff line × partner to whose goods a programme was open at some time.

{#
    best_special_rate: the lowest rate any of the programmes gives, as known now; in_measured_year: one of them was open
    in the year whose duties are looked at (A-PREF-05).
#}
{{ config(materialized='table') }}

with measured_year as (

    select cast(value as integer) as year_number
    from {{ ref('stg_law__assumptions') }}
    where assumption_id = 'A-PREF-05'

),

special_rates as (

    select
        hts10,
        program_code,
        special_rate,
        valid_from,
        valid_to
    from {{ ref('int_ordinary__special_rates') }}
    where known_to = {{ open_end() }}

),

partners as (

    select
        program_code,
        partner_code,
        valid_from,
        valid_to
    from {{ ref('int_ordinary__program_partners') }}

),

opened as (

    select
        special_rates.hts10,
        partners.partner_code,
        special_rates.special_rate,
        greatest(special_rates.valid_from, partners.valid_from) as valid_from,
        least(special_rates.valid_to, partners.valid_to) as valid_to
    from special_rates
    inner join partners
        on special_rates.program_code = partners.program_code
        and special_rates.valid_from < partners.valid_to
        and special_rates.valid_to > partners.valid_from

)

select
    opened.hts10,
    opened.partner_code,
    min(
        case
            when
                extract(year from opened.valid_from) <= measured_year.year_number
                and extract(year from opened.valid_to) >= measured_year.year_number
                then opened.special_rate
        end
    ) as best_special_rate,
    max(
        case
            when
                extract(year from opened.valid_from) <= measured_year.year_number
                and extract(year from opened.valid_to) >= measured_year.year_number
                then 1
            else 0
        end
    ) = 1 as in_measured_year
from opened
cross join measured_year
group by opened.hts10, opened.partner_code
