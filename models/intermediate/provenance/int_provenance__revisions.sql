-- Grain: one row a day × partner (or ALL) × day on which something became known that changes its expected rate.

{# Beside each change, the kinds of things that became known on its day about the day and the partner. #}

with reached as (

    select distinct
        partners.partner_code,
        reach.partner_scope_id
    from {{ ref('int_tariff__partner_classes') }} as partners
    inner join {{ ref('int_tariff__partner_reach') }} as reach
        on partners.partner_class_id = reach.partner_class_id
    where not reach.is_excluded

),

dated as (

    select distinct
        days.first_on,
        causes.known_on,
        causes.cause,
        causes.partner_scope_id
    from {{ ref('int_tariff__belief_causes') }} as causes
    inner join {{ ref('int_tariff__belief_days') }} as days
        on causes.valid_from <= days.first_on
        and causes.valid_to > days.first_on

),

told as (

    select distinct
        dated.first_on,
        reached.partner_code,
        dated.known_on,
        dated.cause
    from dated
    inner join reached on dated.partner_scope_id = reached.partner_scope_id
    union
    select distinct
        dated.first_on,
        partners.partner_code,
        dated.known_on,
        dated.cause
    from dated
    cross join (select partner_code from {{ ref('int_tariff__partner_classes') }}) as partners
    where dated.partner_scope_id is null
    union
    select distinct
        first_on,
        'ALL' as partner_code,
        known_on,
        cause
    from dated

),

causes as (

    select
        first_on,
        partner_code,
        known_on,
        {{ joined_text('cause', '; ') }} as cause
    from told
    group by first_on, partner_code, known_on

),

moments as (

    select
        known_on,
        lag(known_on, 1, {{ always() }}) over (order by known_on) as previous_known_on
    from (select distinct known_from as known_on from {{ ref('int_tariff__statement_sets') }}) as cuts
    where known_on > {{ always() }}

)

select
    changes.first_on as day,
    changes.partner_code,
    moments.previous_known_on,
    changes.known_on,
    changes.change_pp,
    causes.cause
from {{ ref('int_tariff__belief_changes') }} as changes
inner join moments on changes.known_on = moments.known_on
left join causes
    on changes.first_on = causes.first_on
    and changes.partner_code = causes.partner_code
    and changes.known_on = causes.known_on
