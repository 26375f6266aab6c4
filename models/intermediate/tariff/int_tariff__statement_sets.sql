-- Grain: one row a treatment × valid interval × known interval, with the set of statements and rules that holds in it.

{{ config(materialized='table') }}

{#
    What holds together is worked out once, wherever it holds. A set is its statements and the stacking rules in force
    between their programmes. Sets of statements are numbered first, so that everything after joins on numbers.
#}

with texts as (

    select
        cells.treatment_id,
        cells.valid_from,
        cells.valid_to,
        cells.known_from,
        cells.known_to,
        coalesce({{ joined_numbers('cells.statement_number') }}, '') as statement_numbers
    from {{ ref('int_tariff__treatment_cells') }} as cells
    group by cells.treatment_id, cells.valid_from, cells.valid_to, cells.known_from, cells.known_to

),

sets as (

    select
        treatment_id,
        valid_from,
        valid_to,
        known_from,
        known_to,
        dense_rank() over (order by statement_numbers) as statement_set_id
    from texts

),

examples as (

    select
        statement_set_id,
        treatment_id,
        valid_from,
        known_from,
        row_number() over (
            partition by statement_set_id order by treatment_id asc, valid_from asc, known_from asc
        ) as place
    from sets

),

programmes as (

    select distinct
        examples.statement_set_id,
        statements.programme
    from examples
    inner join {{ ref('int_tariff__treatment_cells') }} as cells
        on examples.treatment_id = cells.treatment_id
        and examples.valid_from = cells.valid_from
        and examples.known_from = cells.known_from
    inner join {{ ref('stg_law__statements') }} as statements on cells.statement_number = statements.place_in_file
    where examples.place = 1

),

may_need as (

    select
        mine.statement_set_id,
        rules.rule_number,
        rules.valid_from,
        rules.valid_to,
        rules.known_from,
        rules.known_to
    from programmes as mine
    inner join {{ ref('int_tariff__numbered_rules') }} as rules on mine.programme = rules.applies_to_programme
    inner join programmes as other
        on mine.statement_set_id = other.statement_set_id
        and rules.yields_to_programme = other.programme

),

moments as (

    select distinct
        statement_set_id,
        valid_from,
        known_from
    from sets

),

rules as (

    select
        moments.statement_set_id,
        moments.valid_from,
        moments.known_from,
        {{ joined_numbers('may_need.rule_number') }} as rule_numbers
    from moments
    inner join may_need
        on moments.statement_set_id = may_need.statement_set_id
        and moments.valid_from >= may_need.valid_from
        and moments.valid_from < may_need.valid_to
        and moments.known_from >= may_need.known_from
        and moments.known_from < may_need.known_to
    group by moments.statement_set_id, moments.valid_from, moments.known_from

),

numbered as (

    select
        moments.statement_set_id,
        moments.valid_from,
        moments.known_from,
        cast(
            dense_rank() over (order by moments.statement_set_id, coalesce(rules.rule_numbers, '')) as integer
        ) as duty_set_id
    from moments
    left join rules
        on moments.statement_set_id = rules.statement_set_id
        and moments.valid_from = rules.valid_from
        and moments.known_from = rules.known_from

)

select
    sets.treatment_id,
    numbered.duty_set_id,
    sets.valid_from,
    sets.valid_to,
    sets.known_from,
    sets.known_to,
    row_number() over (
        partition by numbered.duty_set_id order by sets.treatment_id asc, sets.valid_from asc, sets.known_from asc
    ) = 1 as is_example
from sets
inner join numbered
    on sets.statement_set_id = numbered.statement_set_id
    and sets.valid_from = numbered.valid_from
    and sets.known_from = numbered.known_from
