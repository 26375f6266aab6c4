-- Grain: one row a tariff line × partner × interval.

{#
    What law/ states goes before what figures tell, and among its rows the longest prefix. Only cells it speaks of are
    cut anew at every day on which one of their statements begins or ends.
#}
{{ config(materialized='table', meta={'settles': true}) }}

with stated_cells as (

    select distinct
        hts10,
        partner_code
    from {{ ref('int_claim__stated_by_law') }}

),

statements as (

    select
        hts10,
        partner_code,
        claim_share,
        'assumed' as claim_basis,
        assumption_id,
        digit_count as precedence,
        valid_from,
        valid_to
    from {{ ref('int_claim__stated_by_law') }}
    union all
    select
        figures.hts10,
        figures.partner_code,
        figures.claim_share,
        figures.claim_basis,
        figures.assumption_id,
        0 as precedence,
        figures.valid_from,
        figures.valid_to
    from {{ ref('int_claim__from_trade') }} as figures
    inner join stated_cells
        on figures.hts10 = stated_cells.hts10
        and figures.partner_code = stated_cells.partner_code

),

days as (

    select
        hts10,
        partner_code,
        valid_from as day
    from statements
    union
    select
        hts10,
        partner_code,
        valid_to as day
    from statements

),

spans as (

    select
        hts10,
        partner_code,
        day as valid_from,
        lead(day) over (partition by hts10, partner_code order by day) as valid_to
    from days

),

ranked as (

    select
        spans.hts10,
        spans.partner_code,
        statements.claim_share,
        statements.claim_basis,
        statements.assumption_id,
        spans.valid_from,
        spans.valid_to,
        row_number() over (
            partition by spans.hts10, spans.partner_code, spans.valid_from
            order by statements.precedence desc, statements.assumption_id asc
        ) as place
    from spans
    inner join statements
        on spans.hts10 = statements.hts10
        and spans.partner_code = statements.partner_code
        and spans.valid_from >= statements.valid_from
        and spans.valid_to <= statements.valid_to

)

select
    hts10,
    partner_code,
    claim_share,
    claim_basis,
    assumption_id,
    valid_from,
    valid_to
from ranked
where place = 1
union all
select
    figures.hts10,
    figures.partner_code,
    figures.claim_share,
    figures.claim_basis,
    figures.assumption_id,
    figures.valid_from,
    figures.valid_to
from {{ ref('int_claim__from_trade') }} as figures
left join stated_cells
    on figures.hts10 = stated_cells.hts10
    and figures.partner_code = stated_cells.partner_code
where stated_cells.hts10 is null
