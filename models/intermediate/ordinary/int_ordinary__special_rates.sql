-- Grain: one row a ten-digit line × programme × valid interval × known interval.

{{ config(materialized='table', meta={'settles': true}) }}

{#
    A programme that opened while the edition in force is not at hand is first printed by the next one that is: its
    rates are then carried back to the day it opened (USMCA: printed 2021-04-26, open since 2020-07-01).
#}

{% set columns = ['hts10', 'program_code', 'special_rate', 'special_text', 'special_basis'] %}

with carried as (

    select
        dated.hts10,
        dated.program_code,
        dated.special_rate,
        dated.special_text,
        dated.special_basis,
        coalesce(late.open_on, dated.valid_from) as valid_from,
        dated.known_from,
        dated.known_to
    from {{ ref('int_ordinary__printed_special_rates') }} as dated
    left join {{ ref('int_ordinary__late_programmes') }} as late
        on dated.program_code = late.program_code
        and dated.valid_from = late.printed_on

)

{{ both_clocks('carried', columns) }}
