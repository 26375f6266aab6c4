-- Who was added to, revised on or removed from which list: entries by year and list
select
    cast(date_trunc('year', changes.month) as date) as year_start,  -- First day of the year.
    changes.list_code,  -- List: US_BIS_EL is the Entity List, US_OFAC_SDN the Specially Designated Nationals.
    cast(sum(changes.added_count) as bigint) as added_count,  -- Entries added.
    cast(sum(changes.revised_count) as bigint) as revised_count,  -- Entries revised.
    cast(sum(changes.removed_count) as bigint) as removed_count  -- Entries removed.
from policy_events.list_changes_monthly as changes
group by 1, 2
order by 1, 2
