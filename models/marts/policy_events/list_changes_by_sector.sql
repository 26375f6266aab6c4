-- Grain: one row a list × year × sector.

with changes as (

    select
        changes.list_code,
        cast(extract(year from changes.effective_on) as integer) as calendar_year,
        coalesce(sectors.sector_name, 'none of the words') as sector_name,
        changes.change_type
    from {{ ref('fct_list_change') }} as changes
    left join {{ ref('bridge_list_sector') }} as sectors
        on
        changes.list_code = sectors.list_code
        and changes.entry_key = sectors.entry_key

)

select
    list_code,
    calendar_year,
    sector_name,
    cast(sum(case when change_type = 'add' then 1 else 0 end) as bigint) as added_count,
    cast(sum(case when change_type = 'revise' then 1 else 0 end) as bigint) as revised_count,
    cast(sum(case when change_type = 'remove' then 1 else 0 end) as bigint) as removed_count
from changes
group by
    list_code,
    calendar_year,
    sector_name
