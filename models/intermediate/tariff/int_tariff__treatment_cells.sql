-- Grain: one row a treatment × valid interval × known interval × statement that holds in it (none: one row).

{{ config(materialized='table') }}

with knowledge as (

    select distinct
        treatment_id,
        valid_from,
        valid_to,
        {{ always() }} as cut_on
    from {{ ref('int_tariff__treatment_segments') }}
    union
    select distinct
        treatment_id,
        valid_from,
        valid_to,
        {{ open_end() }} as cut_on
    from {{ ref('int_tariff__treatment_segments') }}
    union
    select distinct
        treatment_id,
        valid_from,
        valid_to,
        known_from as cut_on
    from {{ ref('int_tariff__treatment_segments') }}
    where statement_number is not null
    union
    select distinct
        treatment_id,
        valid_from,
        valid_to,
        known_to as cut_on
    from {{ ref('int_tariff__treatment_segments') }}
    where statement_number is not null
    union
    select distinct
        segments.treatment_id,
        segments.valid_from,
        segments.valid_to,
        stacking.known_from as cut_on
    from {{ ref('int_tariff__treatment_segments') }} as segments
    inner join {{ ref('stg_law__statements') }} as statements on segments.statement_number = statements.place_in_file
    inner join {{ ref('stg_law__stacking') }} as stacking
        on statements.programme = stacking.applies_to_programme
        and segments.valid_from >= stacking.valid_from
        and segments.valid_from < stacking.valid_to
        and segments.known_from < stacking.known_from
    union
    select distinct
        segments.treatment_id,
        segments.valid_from,
        segments.valid_to,
        stacking.known_to as cut_on
    from {{ ref('int_tariff__treatment_segments') }} as segments
    inner join {{ ref('stg_law__statements') }} as statements on segments.statement_number = statements.place_in_file
    inner join {{ ref('stg_law__stacking') }} as stacking
        on statements.programme = stacking.applies_to_programme
        and segments.valid_from >= stacking.valid_from
        and segments.valid_from < stacking.valid_to
        and segments.known_from < stacking.known_to

),

cells as (

    select
        treatment_id,
        valid_from,
        valid_to,
        cut_on as known_from,
        lead(cut_on) over (partition by treatment_id, valid_from order by cut_on) as known_to
    from knowledge

),

held as (

    select
        cells.treatment_id,
        cells.valid_from,
        cells.known_from,
        segments.statement_number
    from cells
    inner join {{ ref('int_tariff__treatment_segments') }} as segments
        on cells.treatment_id = segments.treatment_id
        and cells.valid_from = segments.valid_from
        and cells.known_from >= segments.known_from
        and cells.known_to <= segments.known_to
    group by cells.treatment_id, cells.valid_from, cells.known_from, segments.statement_number
    having max(case when segments.is_excluded then 1 else 0 end) = 0

)

select
    cells.treatment_id,
    cells.valid_from,
    cells.valid_to,
    cells.known_from,
    cells.known_to,
    held.statement_number
from cells
left join held
    on cells.treatment_id = held.treatment_id
    and cells.valid_from = held.valid_from
    and cells.known_from = held.known_from
where cells.known_to is not null
