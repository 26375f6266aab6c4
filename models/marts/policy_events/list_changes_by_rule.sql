-- Grain: one row a list × rule.

with changes as (

    select
        list_code,
        rule_citation,
        change_type,
        coalesce(entity_name, entry_key) as party,
        entity_name,
        country_code,
        heading_count,
        is_backcast
    from {{ ref('fct_list_change') }}
    where rule_citation is not null

),

parties as (

    select
        list_code,
        rule_citation,
        max(times) as times
    from (
        select
            list_code,
            rule_citation,
            party,
            country_code,
            count(*) as times
        from changes
        where
            change_type = 'add'
            and (entity_name is null or entity_name not like 'Address %')
        group by
            list_code,
            rule_citation,
            party,
            country_code
    ) as placed
    group by
        list_code,
        rule_citation,
        party

),

entities as (

    select
        list_code,
        rule_citation,
        sum(times) as added_entity_count
    from parties
    group by
        list_code,
        rule_citation

),

counted as (

    select
        list_code,
        rule_citation,
        sum(case when change_type = 'add' then 1 else 0 end) as added_count,
        sum(case when change_type = 'add' then heading_count end) as added_heading_count,
        sum(case when change_type = 'revise' then 1 else 0 end) as revised_count,
        sum(case when change_type = 'remove' then 1 else 0 end) as removed_count
    from changes
    group by
        list_code,
        rule_citation

),

listed as (

    select
        list_code,
        rule_citation
    from counted

    union distinct

    select
        'US_BIS_EL' as list_code,
        rule_citation
    from {{ ref('dim_list_rule') }}
    where stated_entity_count is not null or stated_removed_count is not null

),

compared as (

    select
        listed.list_code,
        listed.rule_citation,
        rules.document_number,
        rules.title,
        rules.published_on,
        rules.effective_on,
        rules.administration,
        counted.added_count,
        counted.added_heading_count,
        entities.added_entity_count,
        counted.revised_count,
        counted.removed_count,
        rules.stated_entity_count,
        case
            when rules.stated_entity_count is not null
                then coalesce(
                    rules.stated_entry_count, rules.stated_destination_count, rules.stated_entity_count
                )
        end as stated_heading_count,
        rules.stated_entry_count is not null as has_both_counts,
        case
            when
                counted.added_heading_count = rules.explained_heading_count
                and entities.added_entity_count = rules.explained_entity_count then rules.count_explanation
        end as count_explanation
    from listed
    left join {{ ref('dim_list_rule') }} as rules on listed.rule_citation = rules.rule_citation
    left join counted
        on
        listed.list_code = counted.list_code
        and listed.rule_citation = counted.rule_citation
    left join entities
        on
        listed.list_code = entities.list_code
        and listed.rule_citation = entities.rule_citation

)

select
    list_code,
    rule_citation,
    document_number,
    title,
    published_on,
    effective_on,
    administration,
    cast(added_count as bigint) as added_count,
    cast(added_heading_count as bigint) as added_heading_count,
    cast(added_entity_count as bigint) as added_entity_count,
    cast(revised_count as bigint) as revised_count,
    cast(removed_count as bigint) as removed_count,
    case when list_code = 'US_BIS_EL' then stated_entity_count end as stated_entity_count,
    case when list_code = 'US_BIS_EL' then stated_heading_count end as stated_heading_count,
    case
        when list_code <> 'US_BIS_EL' or stated_entity_count is null then 'not_stated'
        when
            added_heading_count = stated_heading_count
            and (not has_both_counts or added_entity_count = stated_entity_count) then 'exact'
        else 'differs'
    end as agreement,
    count_explanation
from compared
