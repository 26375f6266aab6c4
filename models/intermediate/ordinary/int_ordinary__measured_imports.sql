-- Grain: one row a ten-digit line that pays by quantity or by parts × whether its partners have a preference.

{#
    Census states duty and value, and no quantity at ten digits. What a duty of so much per unit comes to is measured
    where it is paid as printed: by partners that no programme is open to, and that pay neither column 2 nor duties of
    chapter 99 beside it. What the others paid without claiming a preference is kept apart: some goods come from nowhere
    else, and some of it was paid at reduced rates.
#}
{{ config(materialized='table') }}

with measured_year as (

    select cast(value as integer) as year_number
    from {{ ref('stg_law__assumptions') }}
    where assumption_id = 'A-ORD-01'

),

preferred as (

    select distinct partners.partner_code
    from {{ ref('int_ordinary__program_partners') }} as partners
    inner join measured_year
        on extract(year from partners.valid_from) <= measured_year.year_number
        and extract(year from partners.valid_to) >= measured_year.year_number

),

other_duties as (

    select distinct partner_code
    from {{ ref('int_partner__groups') }}
    where group_code = 'COLUMN2'
    union
    select distinct partner_code
    from {{ ref('stg_law__partner_groups') }}
    where group_code = 'ORDINARY_NOT_MEASURED'

),

flows as (

    select
        flows.product_code as hts10,
        preferred.partner_code is not null as has_preference,
        sum(flows.dutiable_value_usd) as dutiable_value_usd,
        sum(flows.calculated_duty_usd) as calculated_duty_usd
    from {{ ref('stg_census_imports__flows') }} as flows
    inner join measured_year on extract(year from flows.period_start) = measured_year.year_number
    left join preferred on flows.partner_code = preferred.partner_code
    left join other_duties on flows.partner_code = other_duties.partner_code
    where
        flows.product_level = 'HTS10'
        and flows.known_to = {{ open_end() }}
        and flows.dutiable_value_usd > 0
        and flows.calculated_duty_usd > 0
        and other_duties.partner_code is null
    group by flows.product_code, preferred.partner_code is not null

),

lines as (

    select
        lines.hts10,
        lines.general_text,
        row_number() over (partition by lines.hts10 order by lines.known_from desc) as place_from_last
    from {{ ref('int_ordinary__lines') }} as lines
    inner join measured_year on extract(year from lines.known_from) <= measured_year.year_number

),

paid_by_quantity as (

    select
        lines.hts10,
        flows.has_preference,
        texts.measured_unit,
        texts.measured_amount,
        flows.dutiable_value_usd,
        flows.calculated_duty_usd - texts.whole_value_rate * flows.dutiable_value_usd as duty_by_quantity_usd
    from lines
    inner join flows on lines.hts10 = flows.hts10
    inner join {{ ref('int_ordinary__texts') }} as texts
        on lines.general_text = texts.rate_text
        and texts.rate_column = 'general'
    where lines.place_from_last = 1 and texts.measured_amount > 0

)

select
    hts10,
    has_preference,
    measured_unit,
    dutiable_value_usd,
    cast(duty_by_quantity_usd as double) / cast(measured_amount as double) as quantity
from paid_by_quantity
where duty_by_quantity_usd > 0
