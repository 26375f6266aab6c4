-- Grain: one row a ten-digit line × valid interval, as known now, without a gap since 2018.

{#
    For weighing trade of one year on every day: a line that is no longer in the schedule keeps its last duty, one that
    was not yet there has its first.
#}

select
    hts10,
    general_rate,
    column2_rate,
    case
        when row_number() over (partition by hts10 order by valid_from asc) = 1 then date '{{ var('first_day') }}'
        else valid_from
    end as valid_from,
    case
        when row_number() over (partition by hts10 order by valid_from desc) = 1 then {{ open_end() }}
        else valid_to
    end as valid_to
from {{ ref('int_ordinary__duties') }}
where known_to = {{ open_end() }}
