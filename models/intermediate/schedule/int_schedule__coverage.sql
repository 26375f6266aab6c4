-- Grain: one row an interval and the edition of the schedule that ordinary duties are read from in it.

{# Where the edition in force is not at hand, the one before is carried forward, and the first one back to 2018. #}

with editions as (

    select
        revision,
        released_on,
        lead(released_on, 1, {{ open_end() }}) over (order by released_on) as next_on,
        row_number() over (order by released_on) as place
    from {{ ref('int_schedule__editions') }}

),

windows as (

    select
        editions.revision,
        editions.released_on,
        editions.next_on,
        editions.place,
        case
            when windows.in_force_to < editions.next_on then windows.in_force_to
            else editions.next_on
        end as in_force_to
    from editions
    left join {{ ref('schedule_windows') }} as windows on editions.revision = windows.revision

),

footnotes as (

    select min(known_from) as printed_from from {{ ref('stg_usitc_hts__footnotes') }}

),

intervals as (

    select
        revision,
        'in_force' as edition_basis,
        released_on as valid_from,
        in_force_to as valid_to
    from windows
    union all
    select
        revision,
        'carried_forward' as edition_basis,
        in_force_to as valid_from,
        next_on as valid_to
    from windows
    where in_force_to < next_on
    union all
    select
        revision,
        'carried_back' as edition_basis,
        date '{{ var('first_day') }}' as valid_from,
        released_on as valid_to
    from windows
    where place = 1

)

select
    intervals.valid_from,
    intervals.valid_to,
    intervals.revision,
    intervals.edition_basis,
    case when intervals.valid_from >= footnotes.printed_from then 'printed' else 'carried_back' end as footnote_basis
from intervals
cross join footnotes
where intervals.valid_from < intervals.valid_to
