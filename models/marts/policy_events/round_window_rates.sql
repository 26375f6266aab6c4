-- Grain: one row a round (or ALL) × issuing country (or ALL) × direction (or ALL).

{# Days are counted one by one: windows of rounds overlap, and a day in two of them is one day. #}

with digits as (

    {% for digit in range(10) -%}
    select {{ digit }} as digit
    {%- if not loop.last %}
    union all
    {% endif %}
    {%- endfor %}

),

numbers as (

    select ones.digit + 10 * tens.digit + 100 * hundreds.digit + 1000 * thousands.digit as number
    from digits as ones
    cross join digits as tens
    cross join digits as hundreds
    cross join digits as thousands

),

rounds as (

    select
        round_id,
        starts_on,
        coalesce(ends_on, starts_on) as ends_on
    from {{ ref('dim_round') }}

),

span as (

    select
        {{ days_after('min(rounds.starts_on)', -183) }} as first_on,
        least({{ days_after('max(rounds.ends_on)', 183) }}, max(reviewed.reviewed_on)) as last_on
    from rounds
    cross join ({{ reviewed_to() }}) as reviewed

),

days as (

    select
        {{ days_after('span.first_on', 'numbers.number') }} as day,
        span.last_on
    from span
    cross join numbers

),

near as (

    select
        rounds.round_id,
        days.day,
        case
            when
                days.day >= {{ days_after('rounds.starts_on', -14) }}
                and days.day <= {{ days_after('rounds.ends_on', 14) }} then 1
            else 0
        end as is_in_window
    from rounds
    inner join days
        on
        days.day >= {{ days_after('rounds.starts_on', -183) }}
        and days.day <= {{ days_after('rounds.ends_on', 183) }}
    where days.day <= days.last_on

),

flagged as (

    select
        day,
        max(is_in_window) as is_in_a_window
    from near
    group by day

),

compared as (

    select
        near.round_id,
        near.day,
        near.is_in_window
    from near
    inner join flagged on near.day = flagged.day
    where near.is_in_window = flagged.is_in_a_window
    union all
    select
        'ALL' as round_id,
        day,
        is_in_a_window as is_in_window
    from flagged

),

counted_days as (

    select
        round_id,
        sum(is_in_window) as window_day_count,
        sum(1 - is_in_window) as base_day_count
    from compared
    group by round_id

),

acts as (

    select
        action_id,
        issuer_country,
        direction,
        {{ first_statement_on() }} as stated_on
    from {{ ref('dim_action') }}
    where instrument <> 'negotiation'

),

countries as (

    select distinct issuer_country from acts
    where issuer_country is not null
    union all
    select 'ALL' as issuer_country

),

directions as (

    select 'tighten' as direction
    union all
    select 'loosen' as direction
    union all
    select 'neutral' as direction
    union all
    select 'ALL' as direction

),

counted_acts as (

    select
        compared.round_id,
        countries.issuer_country,
        directions.direction,
        sum(compared.is_in_window) as window_act_count,
        sum(1 - compared.is_in_window) as base_act_count
    from compared
    inner join acts on compared.day = acts.stated_on
    inner join countries
        on countries.issuer_country in ('ALL', acts.issuer_country)
    inner join directions
        on directions.direction in ('ALL', acts.direction)
    group by compared.round_id, countries.issuer_country, directions.direction

)

select
    counted_acts.round_id,
    counted_acts.issuer_country,
    counted_acts.direction,
    cast(counted_days.window_day_count as bigint) as window_day_count,
    cast(counted_acts.window_act_count as bigint) as window_act_count,
    case
        when counted_days.window_day_count > 0
            then cast(counted_acts.window_act_count as double) / counted_days.window_day_count
    end as window_acts_per_day,
    cast(counted_days.base_day_count as bigint) as base_day_count,
    cast(counted_acts.base_act_count as bigint) as base_act_count,
    case
        when counted_days.base_day_count > 0
            then cast(counted_acts.base_act_count as double) / counted_days.base_day_count
    end as base_acts_per_day,
    case
        when counted_acts.base_act_count > 0 and counted_days.window_day_count > 0
            then
                (cast(counted_acts.window_act_count as double) / counted_days.window_day_count)
                * (cast(counted_days.base_day_count as double) / counted_acts.base_act_count)
    end as rate_ratio
from counted_acts
inner join counted_days on counted_acts.round_id = counted_days.round_id
