-- Grain: one row a day × authority × act that begins, changes or ends a measure on it.

{#
    An act bites on the days its statements begin and end, the rules it rests on begin and end, and on its own day of
    effect, which is where lists that change without a new statement are found. Rulings, announcements, licences and
    other governments' acts move no duty of their own.
#}

with days as (

    select
        statements.valid_from as changed_on,
        statements.authority,
        statements.action_id
    from {{ ref('stg_law__statements') }} as statements
    union
    select
        measures.valid_to as changed_on,
        statements.authority,
        statements.action_id
    from {{ ref('int_tariff__measures') }} as measures
    inner join {{ ref('stg_law__statements') }} as statements on measures.statement_id = statements.statement_id
    where measures.known_to = {{ open_end() }} and measures.valid_to = statements.valid_to
    union
    select
        stacking.valid_from as changed_on,
        statements.authority,
        stacking.action_id
    from {{ ref('stg_law__stacking') }} as stacking
    inner join {{ ref('stg_law__statements') }} as statements
        on stacking.applies_to_programme = statements.programme
    union
    select
        stacking.valid_to as changed_on,
        statements.authority,
        stacking.action_id
    from {{ ref('stg_law__stacking') }} as stacking
    inner join {{ ref('stg_law__statements') }} as statements
        on stacking.applies_to_programme = statements.programme
    union
    select
        effective_on as changed_on,
        authority,
        action_id
    from {{ ref('stg_law__acts') }}
    where
        instrument in ('tariff', 'exemption', 'quota')
        and authority in (select authority from {{ ref('stg_law__statements') }})

)

select
    changed_on,
    authority,
    action_id
from days
where changed_on is not null and changed_on < {{ open_end() }}
