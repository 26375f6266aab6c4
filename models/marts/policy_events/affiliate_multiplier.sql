-- Grain: one row a rule × list.

with rules as (

    select *
    from {{ ref('dim_ownership_rule') }}

),

entries as (

    select
        list_code,
        entry_key,
        valid_from,
        valid_to,
        known_from,
        max(known_from) over (partition by list_code) as day
    from {{ ref('fct_list_entry') }}
    where known_to = {{ open_end() }}

),

listed as (

    select
        list_code,
        day,
        entry_key
    from entries
    where valid_from <= day and day < valid_to
    group by list_code, day, entry_key

),

linked as (

    select
        list_code,
        entry_key
    from {{ ref('bridge_list_entity') }}
    group by list_code, entry_key

),

counted as (

    select
        listed.list_code,
        listed.day,
        count(*) as listed_count,
        count(linked.entry_key) as linked_count
    from listed
    left join linked on listed.list_code = linked.list_code and listed.entry_key = linked.entry_key
    group by listed.list_code, listed.day

),

figures as (

    select
        rules.rule_code,
        rules.list_code,
        counted.day,
        rules.threshold_share,
        rules.is_of_law,
        counted.listed_count,
        counted.linked_count,
        count(distinct reach.entity_id) as reached_count
    from rules
    inner join counted on rules.list_code = counted.list_code
    left join {{ ref('fct_ownership_reach') }} as reach
        on rules.rule_code = reach.rule_code
        and rules.list_code = reach.list_code
        and counted.day >= reach.valid_from
        and counted.day < reach.valid_to
    group by
        rules.rule_code,
        rules.list_code,
        counted.day,
        rules.threshold_share,
        rules.is_of_law,
        counted.listed_count,
        counted.linked_count

)

select
    rule_code,
    list_code,
    day,
    threshold_share,
    is_of_law,
    listed_count,
    linked_count,
    reached_count,
    cast(reached_count as double) / cast(listed_count as double) as multiplier
from figures
