-- Grain: one row a list × country × month in which the list is alive.

with changes as (

    select
        list_code,
        coalesce(country_code, 'NONE') as country_code,
        {{ first_of_month('effective_on') }} as month,
        case when change_type = 'add' then 1 else 0 end as added,
        case when change_type = 'revise' then 1 else 0 end as revised,
        case when change_type = 'remove' then 1 else 0 end as removed,
        0 as opened,
        0 as restated,
        case when change_type = 'add' then heading_count end as headings,
        case when change_type = 'add' then coalesce(party_key, entry_key) end as party,
        case when change_type = 'add' then alias_count end as aliases
    from {{ ref('fct_list_change') }}

),

restatements as (

    select
        list_code,
        coalesce(country_code, 'NONE') as country_code,
        {{ first_of_month('edition_on') }} as month,
        case when reason = 'first_edition' then 1 else 0 end as opened,
        case when reason = 'first_edition' then 0 when direction = 'in' then 1 else -1 end as restated
    from {{ ref('fct_list_restatement') }}

),

countries as (

    select
        list_code,
        country_code,
        min(month) as first_month
    from (
        select
            list_code,
            country_code,
            month
        from changes

        union all

        select
            list_code,
            country_code,
            month
        from restatements
    ) as seen
    group by
        list_code,
        country_code

),

-- A month without changes is a row of zeros: the list was alive, and nothing happened.
quiet as (

    select
        months.list_code,
        countries.country_code,
        months.month
    from {{ ref('dim_list_month') }} as months
    inner join countries
        on
        months.list_code = countries.list_code
        and months.month >= countries.first_month

),

gathered as (

    select
        list_code,
        country_code,
        month,
        added,
        revised,
        removed,
        opened,
        restated,
        headings,
        party,
        aliases
    from changes

    union all

    select
        list_code,
        country_code,
        month,
        0 as added,
        0 as revised,
        0 as removed,
        opened,
        restated,
        cast(null as bigint) as headings,
        cast(null as string) as party,
        cast(null as bigint) as aliases
    from restatements

    union all

    select
        list_code,
        country_code,
        month,
        0 as added,
        0 as revised,
        0 as removed,
        0 as opened,
        0 as restated,
        cast(null as bigint) as headings,
        cast(null as string) as party,
        cast(null as bigint) as aliases
    from quiet

),

flows as (

    select
        list_code,
        country_code,
        month,
        sum(added) as added_count,
        sum(revised) as revised_count,
        sum(removed) as removed_count,
        sum(opened) as opening_count,
        sum(restated) as restated_count,
        sum(headings) as added_heading_count,
        count(distinct party) as added_party_count,
        sum(aliases) as added_alias_count
    from gathered
    group by
        list_code,
        country_code,
        month

)

select
    month,
    list_code,
    country_code,
    cast(added_count as bigint) as added_count,
    cast(revised_count as bigint) as revised_count,
    cast(removed_count as bigint) as removed_count,
    cast(opening_count as bigint) as opening_count,
    cast(restated_count as bigint) as restated_count,
    cast(sum(added_count - removed_count + opening_count + restated_count) over (
        partition by list_code, country_code
        order by month
        rows between unbounded preceding and current row
    ) as bigint) as listed_count,
    cast(added_heading_count as bigint) as added_heading_count,
    cast(added_party_count as bigint) as added_party_count,
    cast(added_alias_count as bigint) as added_alias_count
from flows
