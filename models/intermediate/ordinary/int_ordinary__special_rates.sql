-- Grain: one row a ten-digit line × programme × valid interval × known interval.

{{ config(materialized='table') }}

{#
    A programme that opened while the edition in force is not at hand is first printed by the next one that is: its
    rates are then carried back to the day it opened (USMCA: printed 2021-04-26, open since 2020-07-01).
#}

{% set columns = ['hts10', 'program_code', 'special_rate', 'special_text', 'special_basis'] %}

with rated as (

    select
        lines.hts10,
        programmes.program_code,
        {{ rate_of_value('programmes', 'unit_values') }} as special_rate,
        programmes.rate_text as special_text,
        {{ rate_basis('programmes', 'unit_values') }} as special_basis,
        lines.known_from,
        lines.known_to
    from {{ ref('int_ordinary__lines') }} as lines
    inner join {{ ref('stg_rates__programmes') }} as programmes on lines.special_text = programmes.special_text
    left join {{ ref('int_ordinary__line_unit_values') }} as unit_values
        on lines.hts10 = unit_values.hts10
        and programmes.measured_unit = unit_values.measured_unit

),

runs as (

    {{ merged_known_runs('rated', columns) }}

),

dated as (

    {{ valid_from_edition('runs', columns) }}

),

first_printed as (

    select
        program_code,
        min(valid_from) as printed_on
    from dated
    group by program_code

),

opened as (

    select
        program_code,
        min(valid_from) as open_on
    from {{ ref('int_ordinary__program_partners') }}
    group by program_code

),

late as (

    select
        first_printed.program_code,
        first_printed.printed_on,
        opened.open_on
    from first_printed
    inner join opened on first_printed.program_code = opened.program_code
    inner join (select distinct released_on from {{ ref('int_schedule__editions') }}) as editions
        on first_printed.printed_on > editions.released_on
    where first_printed.printed_on > opened.open_on
    group by first_printed.program_code, first_printed.printed_on, opened.open_on
    having max(editions.released_on) < opened.open_on

),

carried as (

    select
        dated.hts10,
        dated.program_code,
        dated.special_rate,
        dated.special_text,
        dated.special_basis,
        coalesce(late.open_on, dated.valid_from) as valid_from,
        dated.known_from,
        dated.known_to
    from dated
    left join late
        on dated.program_code = late.program_code
        and dated.valid_from = late.printed_on

)

{{ both_clocks('carried', columns) }}
