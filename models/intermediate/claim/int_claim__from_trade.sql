-- Grain: one row a tariff line × partner × interval, from figures alone: no share stated by law/ is in it.

{{ config(materialized='table') }}

with members as (

    select distinct partner_code from {{ ref('int_claim__recorded_months') }}

),

lines as (

    select
        hts10,
        min(case when general_basis = 'free' then 1 else 0 end) as is_always_free
    from {{ ref('int_ordinary__duties') }}
    where known_to = {{ open_end() }}
    group by hts10

),

{# A programme saves nothing on free goods, save one that other duties look at: USMCA. #}
cells as (

    select
        open_cells.hts10,
        open_cells.partner_code
    from {{ ref('int_claim__open_cells') }} as open_cells
    inner join lines on open_cells.hts10 = lines.hts10
    where lines.is_always_free = 0
    union
    select
        lines.hts10,
        members.partner_code
    from lines
    cross join members

),

monthly_cells as (

    select distinct
        hts10,
        partner_code
    from {{ ref('int_claim__monthly_shares') }}

),

unmeasured as (

    select
        cells.hts10,
        cells.partner_code,
        paid.claim_share,
        paid.assumption_id
    from cells
    left join monthly_cells
        on cells.hts10 = monthly_cells.hts10
        and cells.partner_code = monthly_cells.partner_code
    left join {{ ref('int_claim__duty_paid') }} as paid
        on cells.hts10 = paid.hts10
        and cells.partner_code = paid.partner_code
    where monthly_cells.hts10 is null

)

select
    hts10,
    partner_code,
    claim_share,
    claim_basis,
    assumption_id,
    valid_from,
    valid_to
from {{ ref('int_claim__monthly_shares') }}
union all
select
    unmeasured.hts10,
    unmeasured.partner_code,
    coalesce(unmeasured.claim_share, hs6.claim_share, chapter.claim_share, whole.claim_share) as claim_share,
    'imputed' as claim_basis,
    coalesce(
        unmeasured.assumption_id, hs6.assumption_id, chapter.assumption_id, whole.assumption_id
    ) as assumption_id,
    {{ always() }} as valid_from,
    {{ open_end() }} as valid_to
from unmeasured
left join {{ ref('int_claim__pooled') }} as hs6
    on unmeasured.partner_code = hs6.partner_code
    and hs6.digit_count = 6
    and substr(unmeasured.hts10, 1, 6) = hs6.hts_prefix
left join {{ ref('int_claim__pooled') }} as chapter
    on unmeasured.partner_code = chapter.partner_code
    and chapter.digit_count = 2
    and substr(unmeasured.hts10, 1, 2) = chapter.hts_prefix
left join {{ ref('int_claim__pooled') }} as whole
    on unmeasured.partner_code = whole.partner_code
    and whole.digit_count = 0
where coalesce(unmeasured.claim_share, hs6.claim_share, chapter.claim_share, whole.claim_share) is not null
