-- Grain: one row an act × provision × valid interval × known interval.

{#
    Of the statements that cover a day, the one made last by a day of knowledge holds. Days on which anything said
    begins or ends cut each clock into pieces; the statement that holds in a cell of both is found, and neighbours
    under the same statement are joined again, first along knowledge, then along validity.
#}

{% set statement = [
    'action_id', 'provision_id', 'place', 'status', 'enforcement', 'is_scheduled', 'evidence_document'
] %}

with statements as (

    select *
    from {{ ref('int_policy__status_statements') }}

),

valid_days as (

    select
        action_id,
        provision_id,
        valid_from as day
    from statements
    union
    select
        action_id,
        provision_id,
        valid_to as day
    from statements

),

known_days as (

    select
        action_id,
        provision_id,
        known_on as day
    from statements
    union
    select
        action_id,
        provision_id,
        fact_from as day
    from statements
    where is_scheduled and fact_from > known_on
    union
    select distinct
        action_id,
        provision_id,
        {{ open_end() }} as day
    from statements

),

valid_pieces as (

    select
        action_id,
        provision_id,
        day as valid_from,
        lead(day) over (partition by action_id, provision_id order by day) as valid_to
    from valid_days

),

known_pieces as (

    select
        action_id,
        provision_id,
        day as known_from,
        lead(day) over (partition by action_id, provision_id order by day) as known_to
    from known_days

),

held as (

    select
        statements.action_id,
        statements.provision_id,
        statements.place,
        statements.status,
        statements.enforcement,
        case
            when known_pieces.known_from >= statements.fact_from
                then coalesce(statements.fact_document, statements.evidence_document)
            else statements.evidence_document
        end as evidence_document,
        statements.is_scheduled
        and (statements.fact_from is null or known_pieces.known_from < statements.fact_from) as is_scheduled,
        valid_pieces.valid_from,
        valid_pieces.valid_to,
        known_pieces.known_from,
        known_pieces.known_to,
        row_number() over (
            partition by
                statements.action_id,
                statements.provision_id,
                valid_pieces.valid_from,
                known_pieces.known_from
            order by statements.known_on desc, statements.place desc
        ) as nth
    from statements
    inner join valid_pieces
        on
        statements.action_id = valid_pieces.action_id
        and statements.provision_id = valid_pieces.provision_id
        and statements.valid_from <= valid_pieces.valid_from
        and statements.valid_to >= valid_pieces.valid_to
    inner join known_pieces
        on
        statements.action_id = known_pieces.action_id
        and statements.provision_id = known_pieces.provision_id
        and statements.known_on <= known_pieces.known_from
        and known_pieces.known_to is not null

),

last_said as (

    select *
    from held
    where nth = 1

),

along_knowledge as (

    {{ merged_runs('last_said', statement + ['valid_from', 'valid_to'], 'known') }}

),

along_validity as (

    {{ merged_runs('along_knowledge', statement + ['known_from', 'known_to'], 'valid') }}

)

select
    action_id,
    provision_id,
    status,
    enforcement,
    valid_from,
    valid_to,
    known_from,
    known_to,
    is_scheduled,
    evidence_document
from along_validity
