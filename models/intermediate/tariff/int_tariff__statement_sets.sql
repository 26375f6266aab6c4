-- Grain: one row a treatment × valid interval × known interval, with the set of statements and rules that holds in it.

{{ config(materialized='table') }}

{#
    What holds together is worked out once, wherever it holds. A set is named by its statements and by the stacking rules
    in force between their programmes.
#}

with sets as (

    select
        treatment_id,
        valid_from,
        valid_to,
        known_from,
        known_to,
        coalesce({{ joined_text('statement_id', ' ') }}, '') as statement_ids
    from {{ ref('int_tariff__treatment_cells') }}
    group by treatment_id, valid_from, valid_to, known_from, known_to

),

examples as (

    select
        statement_ids,
        min(treatment_id) as treatment_id
    from sets
    group by statement_ids

),

example_cells as (

    select
        sets.statement_ids,
        sets.treatment_id,
        min(sets.valid_from) as valid_from
    from sets
    inner join examples
        on sets.statement_ids = examples.statement_ids
        and sets.treatment_id = examples.treatment_id
    group by sets.statement_ids, sets.treatment_id

),

first_known as (

    select
        sets.statement_ids,
        sets.treatment_id,
        sets.valid_from,
        min(sets.known_from) as known_from
    from sets
    inner join example_cells
        on sets.statement_ids = example_cells.statement_ids
        and sets.treatment_id = example_cells.treatment_id
        and sets.valid_from = example_cells.valid_from
    group by sets.statement_ids, sets.treatment_id, sets.valid_from

),

programmes as (

    select distinct
        first_known.statement_ids,
        statements.programme
    from first_known
    inner join {{ ref('int_tariff__treatment_cells') }} as cells
        on first_known.treatment_id = cells.treatment_id
        and first_known.valid_from = cells.valid_from
        and first_known.known_from = cells.known_from
    inner join {{ ref('stg_law__statements') }} as statements on cells.statement_id = statements.statement_id

),

may_need as (

    select
        mine.statement_ids,
        stacking.rule_id,
        stacking.valid_from,
        stacking.valid_to,
        stacking.known_on
    from programmes as mine
    inner join {{ ref('stg_law__stacking') }} as stacking on mine.programme = stacking.applies_to_programme
    inner join programmes as other
        on mine.statement_ids = other.statement_ids
        and stacking.yields_to_programme = other.programme

),

rules as (

    select
        sets.treatment_id,
        sets.valid_from,
        sets.known_from,
        {{ joined_text('may_need.rule_id', ' ') }} as rule_ids
    from sets
    inner join may_need
        on sets.statement_ids = may_need.statement_ids
        and sets.valid_from >= may_need.valid_from
        and sets.valid_from < may_need.valid_to
        and sets.known_from >= may_need.known_on
    group by sets.treatment_id, sets.valid_from, sets.known_from

),

numbered as (

    select
        sets.treatment_id,
        sets.valid_from,
        sets.valid_to,
        sets.known_from,
        sets.known_to,
        cast(
            dense_rank() over (order by sets.statement_ids, coalesce(rules.rule_ids, '')) as integer
        ) as duty_set_id
    from sets
    left join rules
        on sets.treatment_id = rules.treatment_id
        and sets.valid_from = rules.valid_from
        and sets.known_from = rules.known_from

)

select
    treatment_id,
    duty_set_id,
    valid_from,
    valid_to,
    known_from,
    known_to,
    row_number() over (partition by duty_set_id order by treatment_id, valid_from, known_from) = 1 as is_example
from numbered
