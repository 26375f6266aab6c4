-- At a glance: how high the tariff is, what moved it last, what falls due, what is overdue, who was listed this year
-- Question 10
with rates as (
    select
        partner_code,
        max(effective_rate) filter (valid_from <= current_date and current_date < valid_to) as rate_now,
        max(effective_rate) filter (
            valid_from <= current_date - 365 and current_date - 365 < valid_to
        ) as rate_before
    from trade_impact.effective_tariff_steps
    where weight_year = 2024 and product_level = 'ALL' and authority = 'ALL' and partner_code in ('ALL', '5700')
    group by partner_code
),

-- A step is planned where the status behind it still stands as a plan: no document at hand confirms that it came.
steps as (
    select
        changes.partner_code,
        changes.day,
        changes.change_pp,
        changes.action_id,
        exists (
            select 1
            from core.fct_action_status as statuses
            where
                statuses.is_scheduled and statuses.known_to = date '9999-12-31' and statuses.valid_from = changes.day
                and list_contains(string_split(changes.action_ids, '; '), statuses.action_id)
        ) as is_planned
    from policy_events.rate_changes as changes
    where
        changes.weight_year = 2024 and changes.partner_code in ('ALL', '5700') and changes.authority = 'ALL'
        and changes.day <= current_date
),

planned as (
    select
        partner_code,
        printf('%+.2f pp of it planned for ', sum(change_pp)) || string_agg(day, ', ' order by day)
        || ', unconfirmed' as words
    from steps
    where is_planned and abs(change_pp) >= 0.005
    group by partner_code
),

last_change as (
    select
        day,
        change_pp,
        action_id
    from steps
    where partner_code = 'ALL' and not is_planned and abs(change_pp) >= 0.005
    order by day desc
    limit 1
),

ahead as (
    select
        count(*) filter (due_on < current_date + interval 90 day) as due_count,
        min(due_on) as next_on,
        arg_min(action_id, due_on) as next_action_id
    from policy_events.calendar
    where due_on > current_date
),

overdue as (
    select
        count(*) as overdue_count,
        min(due_on) as oldest_on
    from provenance.overdue_confirmations
),

-- Lists end with their newest edition: each is compared over the same days of both years, up to that edition.
lists as (
    select
        list_code,
        last_edition_on,
        last_edition_on - interval 1 year as year_before_on,
        last_edition_on < date_trunc('year', current_date) as is_ended,
        min(month) > date_trunc('year', current_date) - interval 1 year as is_begun_later
    from core.dim_list_month
    group by list_code, last_edition_on
),

added as (
    select
        count(*) filter (
            changes.effective_on between date_trunc('year', current_date) and lists.last_edition_on
        ) as this_year,
        count(*) filter (
            changes.effective_on between date_trunc('year', current_date) - interval 1 year and lists.year_before_on
        ) as year_before
    from lists
    inner join core.fct_list_change as changes on lists.list_code = changes.list_code
    where not lists.is_ended and not lists.is_begun_later and changes.change_type = 'add'
),

listed as (
    select
        any_value(added.this_year) as this_year,
        any_value(added.year_before) as year_before,
        count(*) filter (not lists.is_ended and not lists.is_begun_later) as list_count,
        min(lists.last_edition_on) filter (not lists.is_ended and not lists.is_begun_later) as all_held_to,
        string_agg(
            lists.list_code || ' since ' || strftime(lists.last_edition_on, '%Y-%m'), ', ' order by lists.list_code
        ) filter (lists.is_ended) as ended,
        nullif(count(*) filter (lists.is_begun_later and not lists.is_ended), 0) as begun_later_count
    from lists
    cross join added
)

select
    1 as place,
    'Expected tariff on all imports' as what,
    printf('%.1f', 100 * rate_now) as figure,
    '%' as unit,
    concat_ws(
        '; ', coalesce(printf('%.1f %% a year before', 100 * rate_before), 'law as enforced today'), planned.words
    ) as beside,
    null as action_id
from rates
left join planned on rates.partner_code = planned.partner_code
where rates.partner_code = 'ALL'
union all
select
    2,
    'Expected tariff on goods from China',
    printf('%.1f', 100 * rate_now),
    '%',
    concat_ws(
        '; ', coalesce(printf('%.1f %% a year before', 100 * rate_before), 'law as enforced today'), planned.words
    ),
    null
from rates
left join planned on rates.partner_code = planned.partner_code
where rates.partner_code = '5700'
union all
select
    3,
    'Last confirmed move of the tariff on all imports',
    printf('%+.2f', change_pp),
    'pp',
    concat_ws('; ', 'on ' || day, (
        select string_agg(printf('%+.2f pp planned for %s, unconfirmed', change_pp, day), '; ' order by day)
        from steps
        where
            partner_code = 'ALL' and is_planned and abs(change_pp) >= 0.005
            and day > (select max(confirmed.day) from last_change as confirmed)
    )),
    action_id
from last_change
union all
select
    4,
    'Fall due within 90 days',
    cast(due_count as varchar),
    case when due_count = 1 then 'provision' else 'provisions' end,
    coalesce('next on ' || next_on, 'nothing is scheduled'),
    next_action_id
from ahead
union all
select
    5,
    'Past their day, no document confirms it',
    cast(overdue_count as varchar),
    case when overdue_count = 1 then 'plan' else 'plans' end,
    coalesce('oldest of ' || oldest_on, 'none is overdue'),
    null
from overdue
union all
select
    6,
    'Entries added to lists this year',
    cast(this_year as varchar),
    'entries',
    concat_ws(
        '; ',
        printf('%d on the same days of the year before', year_before),
        printf('on %d list%s, each held to at least ', list_count, case when list_count = 1 then '' else 's' end)
        || all_held_to,
        'not followed: ' || ended,
        'not counted: ' || begun_later_count || ' first held later'
    ),
    null
from listed
where list_count > 0
order by place
