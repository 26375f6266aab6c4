-- Grain: one row a statement of a tariff measure × valid interval × known interval in which it is the one that holds.

{#
    A measure is a series of statements (law/README.md). On a day, as known on another, the statement made last until
    then holds; of statements of one day the later row. A statement that ends its measure leaves nothing standing.
#}
{{ config(materialized='table') }}

with statements as (

    select
        statement_id,
        measure_id,
        place_in_file,
        operation,
        valid_from,
        valid_to,
        known_on
    from {{ ref('stg_law__statements') }}

),

cuts as (

    select
        measure_id,
        valid_from as cut_on
    from statements
    union
    select
        measure_id,
        valid_to as cut_on
    from statements

),

segments as (

    select
        measure_id,
        cut_on as segment_from,
        lead(cut_on) over (partition by measure_id order by cut_on) as segment_to
    from cuts

),

covering as (

    select
        segments.measure_id,
        segments.segment_from,
        segments.segment_to,
        statements.statement_id,
        statements.place_in_file as statement_number,
        statements.operation,
        statements.known_on,
        row_number() over (
            partition by segments.measure_id, segments.segment_from, statements.known_on
            order by statements.place_in_file desc
        ) as place_from_last
    from segments
    inner join statements
        on segments.measure_id = statements.measure_id
        and segments.segment_from >= statements.valid_from
        and segments.segment_to <= statements.valid_to

),

held as (

    select
        measure_id,
        statement_id,
        statement_number,
        operation,
        segment_from as valid_from,
        segment_to as valid_to,
        known_on as known_from,
        lead(known_on, 1, {{ open_end() }}) over (
            partition by measure_id, segment_from order by known_on
        ) as known_to
    from covering
    where place_from_last = 1

),

standing as (

    select
        measure_id,
        statement_id,
        statement_number,
        valid_from,
        valid_to,
        known_from,
        known_to
    from held
    where operation <> 'end'

)

{{ merged_runs('standing', ['measure_id', 'statement_id', 'statement_number', 'known_from', 'known_to'], 'valid') }}
