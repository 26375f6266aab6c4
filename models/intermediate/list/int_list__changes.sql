-- Grain: one row a list × entry × change.

{{ config(materialized='table') }}

{#
    The log of changes. Additions: by the rule an entry cites first, by the day its publisher prints, else by the
    edition that first holds it. Revisions: by each later rule it cites, else by the edition that words it
    otherwise. Removals: by the edition that no longer holds it, or by its own terms. Entries that only rules show
    come from rules alone. A rule or notice is public on the day it is published, an announcement on its day; what
    an edition alone shows, and orders and listings dated by it without a notice's day, are known from the edition.
#}

with additions as (

    select
        list_code,
        entry_key,
        entity_name,
        country_code,
        'add' as change_type,
        case
            when not is_first_time then edition_on
            when additions_dated_by = 'rule' then coalesce(rule_effective_on, cited_on, edition_on)
            else coalesce(entry_begins_on, edition_on)
        end as effective_on,
        case
            when not is_first_time then 'edition'
            when additions_dated_by = 'rule' and rule_effective_on is not null then 'rule'
            when additions_dated_by = 'rule' and cited_on is not null then 'publication'
            when additions_dated_by = 'notice' and entry_begins_on is not null then 'publication'
            when additions_dated_by <> 'rule' and entry_begins_on is not null then 'publisher'
            else 'edition'
        end as dated_by,
        case
            when not is_first_time then edition_on
            when additions_dated_by = 'rule' then coalesce(cited_on, edition_on)
            when additions_dated_by in ('notice', 'announcement') then coalesce(entry_begins_on, edition_on)
            else edition_on
        end as known_from,
        case when is_first_time then rule_citation end as rule_citation,
        case when is_first_time then document_number end as document_number,
        headings,
        alias_count,
        cast(null as string) as what_changed,
        edition_on,
        edition_before_on,
        first_edition_on
    from {{ ref('int_list__appearances') }}
    where restated_as is null

),

lawful as (

    select distinct
        list_code,
        entry_key
    from {{ ref('int_list__appearances') }}
    where restated_as is null or restated_as = 'first_edition'

),

by_rule as (

    select
        cited.list_code,
        cited.entry_key,
        stated.entity_name,
        stated.country_code,
        'revise' as change_type,
        coalesce(cited.effective_on, cited.cited_on, cited.first_stated_on) as effective_on,
        case
            when cited.effective_on is not null then 'rule'
            when cited.cited_on is not null then 'publication'
            else 'edition'
        end as dated_by,
        coalesce(cited.cited_on, cited.first_stated_on) as known_from,
        cited.rule_citation,
        cited.document_number,
        cast(null as bigint) as headings,
        cast(null as bigint) as alias_count,
        reworded.what_changed,
        cited.first_stated_on as edition_on,
        reworded.edition_before_on,
        editions.first_edition_on
    from {{ ref('int_list__cited_rules') }} as cited
    inner join lawful
        on
        cited.list_code = lawful.list_code
        and cited.entry_key = lawful.entry_key
    inner join {{ ref('int_list__stated_entries') }} as stated
        on
        cited.list_code = stated.list_code
        and cited.entry_key = stated.entry_key
        and cited.first_stated_on >= stated.known_from
        and cited.first_stated_on < stated.known_to
    inner join {{ ref('int_list__editions') }} as editions
        on
        cited.list_code = editions.list_code
        and cited.first_stated_on = editions.edition_on
    left join {{ ref('int_list__rewordings') }} as reworded
        on
        cited.list_code = reworded.list_code
        and cited.entry_key = reworded.entry_key
        and cited.first_stated_on = reworded.edition_on
    where
        not cited.is_first
        and not cited.is_before_first
        and editions.additions_dated_by = 'rule'

),

by_edition as (

    select
        reworded.list_code,
        reworded.entry_key,
        reworded.entity_name,
        reworded.country_code,
        'revise' as change_type,
        reworded.edition_on as effective_on,
        'edition' as dated_by,
        reworded.edition_on as known_from,
        cast(null as string) as rule_citation,
        cast(null as string) as document_number,
        cast(null as bigint) as headings,
        cast(null as bigint) as alias_count,
        reworded.what_changed,
        reworded.edition_on,
        reworded.edition_before_on,
        editions.first_edition_on
    from {{ ref('int_list__rewordings') }} as reworded
    inner join {{ ref('int_list__editions') }} as editions
        on
        reworded.list_code = editions.list_code
        and reworded.edition_on = editions.edition_on
    left join by_rule
        on
        reworded.list_code = by_rule.list_code
        and reworded.entry_key = by_rule.entry_key
        and reworded.edition_on = by_rule.edition_on
    where
        by_rule.entry_key is null
        and not reworded.is_other_format
        and reworded.what_changed <> 'citation'

),

removals as (

    select
        ended.list_code,
        ended.entry_key,
        ended.entity_name,
        ended.country_code,
        'remove' as change_type,
        coalesce(rules.effective_on, rules.published_on, ended.effective_on) as effective_on,
        case
            when rules.effective_on is not null then 'rule'
            when rules.published_on is not null then 'publication'
            when ended.is_expired then 'publisher'
            else 'edition'
        end as dated_by,
        coalesce(rules.published_on, ended.known_from) as known_from,
        rules.rule_citation,
        rules.document_number,
        cast(null as bigint) as headings,
        cast(null as bigint) as alias_count,
        cast(null as string) as what_changed,
        ended.edition_on,
        ended.edition_before_on,
        editions.first_edition_on
    from {{ ref('int_list__disappearances') }} as ended
    inner join {{ ref('int_list__editions') }} as editions
        on
        ended.list_code = editions.list_code
        and ended.edition_on = editions.edition_on
    left join {{ ref('int_list__rules') }} as rules
        on ended.removed_by = rules.rule_citation or ended.removed_by = rules.document_number
    where ended.restated_as is null

),

rules_alone as (

    select
        entries.list_code,
        entries.entry_key,
        entries.entity_name,
        entries.country_code,
        sides.change_type,
        coalesce(rules.effective_on, rules.published_on) as effective_on,
        case when rules.effective_on is not null then 'rule' else 'publication' end as dated_by,
        rules.published_on as known_from,
        rules.rule_citation,
        rules.document_number,
        case when sides.change_type = 'add' then cast(1 as bigint) end as headings,
        cast(null as bigint) as alias_count,
        cast(null as string) as what_changed,
        cast(null as date) as edition_on,
        cast(null as date) as edition_before_on,
        first_editions.first_edition_on
    from {{ ref('list_rule_entries') }} as entries
    cross join (
        select 'add' as change_type
        union all
        select 'remove' as change_type
    ) as sides
    inner join {{ ref('int_list__rules') }} as rules
        on
        rules.rule_citation = case when sides.change_type = 'add' then entries.added_by else entries.removed_by end
        or rules.document_number = case when sides.change_type = 'add' then entries.added_by else entries.removed_by end
    inner join (
        select distinct
            list_code,
            first_edition_on
        from {{ ref('int_list__editions') }}
    ) as first_editions
        on entries.list_code = first_editions.list_code
    where entries.added_by is not null

),

gathered as (

    {%- for part in ['additions', 'by_rule', 'by_edition', 'removals', 'rules_alone'] %}
    select
        list_code,
        entry_key,
        entity_name,
        country_code,
        change_type,
        effective_on,
        dated_by,
        known_from,
        rule_citation,
        document_number,
        headings,
        alias_count,
        what_changed,
        edition_on,
        edition_before_on,
        first_edition_on
    from {{ part }}
    {%- if not loop.last %}

    union all
    {% endif %}
    {%- endfor %}

)

select
    gathered.list_code,
    gathered.entry_key,
    cast(
        row_number() over (
            partition by gathered.list_code, gathered.entry_key
            order by
                gathered.effective_on,
                case gathered.change_type when 'add' then 1 when 'revise' then 2 else 3 end,
                coalesce(gathered.rule_citation, ''),
                coalesce(gathered.edition_on, gathered.effective_on),
                coalesce(gathered.what_changed, '')
        ) as integer
    ) as change_number,
    gathered.change_type,
    gathered.effective_on,
    gathered.dated_by,
    gathered.known_from,
    gathered.document_number,
    gathered.rule_citation,
    case when gathered.dated_by = 'edition' then 'snapshot' else 'rule' end as evidence,
    administrations.administration,
    gathered.entity_name,
    gathered.country_code,
    gathered.headings,
    gathered.alias_count,
    gathered.what_changed,
    gathered.edition_on,
    gathered.edition_before_on,
    gathered.effective_on < gathered.first_edition_on as is_backcast
from gathered
left join {{ ref('administrations') }} as administrations
    on
    gathered.list_code like 'US_%'
    and gathered.effective_on >= administrations.valid_from
    and gathered.effective_on < administrations.valid_to
    and (
        gathered.dated_by <> 'edition'
        or coalesce(gathered.edition_before_on, gathered.effective_on) >= administrations.valid_from
    )
