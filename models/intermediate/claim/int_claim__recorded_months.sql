-- Grain: one row a partner × tariff line × month in which claims under USMCA were recorded, as known now.

{#
    Until a day in 2025 the program was not recorded where it saved no duty: on lines whose general rate is Free,
    nothing claimed meant nothing. Months in which next to no line that is free has a claim state nothing about free
    lines.
#}
{{ config(materialized='table') }}

with claims as (

    select
        partner_code,
        hts10,
        period_start,
        total_import_value_consumption_usd as total_usd,
        claimed_import_value_consumption_usd as claimed_usd
    from {{ ref('stg_usitc_dataweb__claims') }}
    where known_to = {{ open_end() }}

),

free_lines as (

    select
        hts10,
        valid_from,
        valid_to
    from {{ ref('int_ordinary__duties') }}
    where known_to = {{ open_end() }} and general_basis = 'free'

),

marked as (

    select
        claims.partner_code,
        claims.hts10,
        claims.period_start,
        claims.total_usd,
        claims.claimed_usd,
        case when free_lines.hts10 is null then 0 else 1 end as is_free
    from claims
    left join free_lines
        on claims.hts10 = free_lines.hts10
        and claims.period_start >= free_lines.valid_from
        and claims.period_start < free_lines.valid_to

),

months as (

    select period_start
    from marked
    where is_free = 1
    group by period_start
    having avg(case when claimed_usd > 0 then 1.0 else 0.0 end) > 0.01

)

select
    marked.partner_code,
    marked.hts10,
    marked.period_start,
    marked.total_usd,
    marked.claimed_usd
from marked
left join months on marked.period_start = months.period_start
where marked.is_free = 0 or months.period_start is not null
