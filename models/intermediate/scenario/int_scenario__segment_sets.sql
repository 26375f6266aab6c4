-- Grain: one row a segment, with the set of statements and stacking rules that holds in it under the scenario.

{{ config(materialized='table') }}

{# Sets are worked out once, wherever they hold, as in int_tariff__statement_sets. #}

with texts as (

    select
        segments.segment_id,
        segments.valid_from,
        coalesce({{ joined_numbers('variants.variant_id') }}, '') as variant_ids
    from {{ ref('int_scenario__segments') }} as segments
    left join {{ ref('int_scenario__segment_statements') }} as statements
        on segments.segment_id = statements.segment_id
    left join {{ ref('int_scenario__statement_variants') }} as variants
        on statements.statement_id = variants.statement_id
        and coalesce(statements.measure_rate, -1) = coalesce(variants.measure_rate, -1)
    group by segments.segment_id, segments.valid_from

),

sets as (

    select
        segment_id,
        valid_from,
        dense_rank() over (order by variant_ids) as statement_set_id
    from texts

),

examples as (

    select
        statement_set_id,
        min(segment_id) as segment_id
    from sets
    group by statement_set_id

),

programmes as (

    select distinct
        examples.statement_set_id,
        statements.programme
    from examples
    inner join {{ ref('int_scenario__segment_statements') }} as statements
        on examples.segment_id = statements.segment_id

),

moments as (

    select distinct
        statement_set_id,
        valid_from
    from sets

),

rules as (

    select
        moments.statement_set_id,
        moments.valid_from,
        {{ joined_text('stacking.rule_id', ',') }} as rule_ids
    from moments
    inner join programmes as mine on moments.statement_set_id = mine.statement_set_id
    inner join programmes as other on moments.statement_set_id = other.statement_set_id
    inner join {{ ref('int_tariff__stacking_rules') }} as stacking
        on mine.programme = stacking.applies_to_programme
        and other.programme = stacking.yields_to_programme
        and moments.valid_from >= stacking.valid_from
        and moments.valid_from < stacking.valid_to
    where stacking.known_to = {{ open_end() }}
    group by moments.statement_set_id, moments.valid_from

),

numbered as (

    select
        moments.statement_set_id,
        moments.valid_from,
        cast(
            dense_rank() over (order by moments.statement_set_id, coalesce(rules.rule_ids, '')) as integer
        ) as duty_set_id
    from moments
    left join rules
        on moments.statement_set_id = rules.statement_set_id and moments.valid_from = rules.valid_from

)

select
    sets.segment_id,
    numbered.duty_set_id,
    row_number() over (partition by numbered.duty_set_id order by sets.segment_id) = 1 as is_example
from sets
inner join numbered
    on sets.statement_set_id = numbered.statement_set_id and sets.valid_from = numbered.valid_from
