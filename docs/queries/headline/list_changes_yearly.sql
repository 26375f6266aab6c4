-- Who was added to, revised on or removed from which list: entries by year and list, and how far each year is held
-- A year of which nothing is held is a row without counts: the list went on, what was done to it is not known here.
select
    lists.year_start,  -- First day of the year.
    lists.list_code,  -- List: US_BIS_EL is the Entity List, US_OFAC_SDN the Specially Designated Nationals.
    counted.added_count,  -- Entries added; NULL where no month of the year is held.
    counted.revised_count,  -- Entries revised; NULL where no month of the year is held.
    counted.removed_count,  -- Entries removed; NULL where no month of the year is held.
    coalesce(held.held_month_count, 0) as held_month_count,  -- Months of the year of which the list is held, 0 to 12.
    lists.last_edition_on  -- Newest edition of the list held: what was done to it later is not known here.
from (
    select years.year_start, ends.list_code, ends.last_edition_on
    from (select distinct cast(date_trunc('year', month) as date) as year_start from core.dim_list_month) as years
    inner join (
        select list_code, min(month) as first_month, max(last_edition_on) as last_edition_on
        from core.dim_list_month
        group by list_code
    ) as ends on years.year_start >= cast(date_trunc('year', ends.first_month) as date)
) as lists
left join (
    select list_code, cast(date_trunc('year', month) as date) as year_start, count(*) as held_month_count
    from core.dim_list_month
    group by 1, 2
) as held on lists.list_code = held.list_code and lists.year_start = held.year_start
left join (
    select
        list_code,
        cast(date_trunc('year', month) as date) as year_start,
        cast(sum(added_count) as bigint) as added_count,
        cast(sum(revised_count) as bigint) as revised_count,
        cast(sum(removed_count) as bigint) as removed_count
    from policy_events.list_changes_monthly
    group by 1, 2
) as counted on lists.list_code = counted.list_code and lists.year_start = counted.year_start
order by lists.year_start, lists.list_code
