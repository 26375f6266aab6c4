-- Grain: one row a provision × reversal.

with {{ reversal_ctes() }},

numbered as (

    select
        action_id,
        provision_id,
        direction,
        by_action_id,
        reversal_kind,
        started_on,
        reversed_on,
        share_undone,
        is_share_stated,
        is_whole,
        row_number() over (
            partition by action_id, provision_id order by reversed_on asc, is_whole asc, by_action_id asc
        ) as reversal_number
    from undone

),

returned as (

    select
        numbered.action_id,
        numbered.provision_id,
        numbered.reversal_number,
        min(spells.started_on) as returned_on
    from numbered
    inner join spells
        on
        numbered.action_id = spells.action_id
        and numbered.provision_id = spells.provision_id
        and numbered.reversed_on <= spells.started_on
    where numbered.is_whole
    group by numbered.action_id, numbered.provision_id, numbered.reversal_number

),

told as (

    select
        numbered.action_id,
        numbered.provision_id,
        numbered.direction,
        numbered.by_action_id,
        numbered.reversal_kind,
        numbered.started_on,
        numbered.reversed_on,
        numbered.share_undone,
        numbered.is_share_stated,
        numbered.reversal_number,
        returned.returned_on,
        case when returned.returned_on is null then 0 else 1 end as has_returned
    from numbered
    left join returned
        on
        numbered.action_id = returned.action_id
        and numbered.provision_id = returned.provision_id
        and numbered.reversal_number = returned.reversal_number

)

select
    action_id,
    provision_id,
    cast(reversal_number as bigint) as reversal_number,
    by_action_id as reversed_by_action_id,
    case when reversal_kind = 'withdrawn' and has_returned = 1 then 'postponed' else reversal_kind end as reversal_kind,
    direction,
    started_on,
    reversed_on,
    returned_on,
    cast(
        case
            when started_on is null then 0
            else {{ days_between('started_on', 'reversed_on') }}
        end as bigint
    ) as days_in_force,
    cast(share_undone as double) as share_undone,
    is_share_stated,
    cast(reversal_number + sum(has_returned) over (
        partition by action_id, provision_id
        order by reversal_number asc
        rows between unbounded preceding and current row
    ) - has_returned as bigint) as chain_length
from told
