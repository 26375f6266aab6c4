-- Grain: one row a trading partner that Schedule C has ever listed, as last stated.

with partners as (

    select
        partner_code,
        partner_name,
        iso2,
        known_to,
        row_number() over (partition by partner_code order by known_to desc) as recency
    from {{ ref('stg_census_schedule_c__partners') }}

),

countries as (

    select
        iso2,
        iso3,
        row_number() over (partition by iso2 order by known_to desc) as recency
    from {{ ref('stg_iso_countries__countries') }}
    where iso2 is not null

)

select
    partners.partner_code,
    partners.partner_name,
    partners.iso2,
    countries.iso3,
    numbers.iso_numeric_code,
    partners.known_to = {{ open_end() }} as is_listed_now
from partners
left join countries on partners.iso2 = countries.iso2 and countries.recency = 1
left join {{ ref('country_numbers') }} as numbers on partners.iso2 = numbers.iso2
where partners.recency = 1
