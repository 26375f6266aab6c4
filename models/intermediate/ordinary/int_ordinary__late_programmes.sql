-- Grain: one row a programme first printed after it opened, with no edition at hand between the two days.

{{ config(materialized='table', meta={'settles': true}) }}

with first_printed as (

    select
        program_code,
        min(valid_from) as printed_on
    from {{ ref('int_ordinary__printed_special_rates') }}
    group by program_code

)

select
    first_printed.program_code,
    first_printed.printed_on,
    openings.open_on
from first_printed
inner join {{ ref('int_ordinary__programme_openings') }} as openings
    on first_printed.program_code = openings.program_code
where
    first_printed.printed_on > openings.open_on
    and first_printed.printed_on > openings.oldest_edition_on
    and first_printed.printed_on <= openings.next_edition_on
