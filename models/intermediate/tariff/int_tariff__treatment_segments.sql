-- Grain: one row a treatment × valid interval × statement that may hold in it × part of its reach (none: one row).

{{ config(materialized='table') }}

{# All of a treatment's time, cut wherever a statement or a stacking rule it may need begins or ends. #}

with rules as (

    select distinct
        mine.treatment_id,
        stacking.rule_id,
        stacking.valid_from,
        stacking.valid_to
    from {{ ref('int_tariff__treatment_programmes') }} as mine
    inner join {{ ref('stg_law__stacking') }} as stacking on mine.programme = stacking.applies_to_programme
    inner join {{ ref('int_tariff__treatment_programmes') }} as other
        on mine.treatment_id = other.treatment_id
        and stacking.yields_to_programme = other.programme

),

cuts as (

    select
        treatment_id,
        {{ always() }} as cut_on
    from {{ ref('int_tariff__treatments') }}
    union
    select
        treatment_id,
        {{ open_end() }} as cut_on
    from {{ ref('int_tariff__treatments') }}
    union
    select
        treatment_id,
        valid_from as cut_on
    from {{ ref('int_tariff__treatment_statements') }}
    union
    select
        treatment_id,
        valid_to as cut_on
    from {{ ref('int_tariff__treatment_statements') }}
    union
    select
        treatment_id,
        valid_from as cut_on
    from rules
    union
    select
        treatment_id,
        valid_to as cut_on
    from rules

),

segments as (

    select
        treatment_id,
        cut_on as valid_from,
        lead(cut_on) over (partition by treatment_id order by cut_on) as valid_to
    from cuts

)

select
    segments.treatment_id,
    segments.valid_from,
    segments.valid_to,
    statements.statement_number,
    statements.is_excluded,
    statements.known_from,
    statements.known_to
from segments
left join {{ ref('int_tariff__treatment_statements') }} as statements
    on segments.treatment_id = statements.treatment_id
    and segments.valid_from >= statements.valid_from
    and segments.valid_to <= statements.valid_to
where segments.valid_to is not null
