-- Grain: one row a list × entry × edition that holds it and the one before did not.

{{ config(materialized='table') }}

{#
    Why an entry came into view. An addition, dated by the rule or day its publisher prints or else by the edition;
    or no change in law (restated_as): it stood when the first edition was made and prints no day (first_edition);
    an edition that prints a party once holds the same name under the same country by a rule printed before, or
    twice by one (older_entry); or the entry's own rule is older than an edition that lacked it, so that the
    printing changed and not the list (older_rule). The last two are known of lists that are printed in differing
    ways (has_several_formats).
#}

with appeared as (

    select
        stated.*,
        editions.first_edition_on,
        editions.previous_edition_on,
        editions.prints_headings,
        editions.additions_dated_by,
        editions.has_several_formats
    from {{ ref('int_list__stated_entries') }} as stated
    inner join {{ ref('int_list__editions') }} as editions
        on
        stated.list_code = editions.list_code
        and stated.known_from = editions.edition_on
    where
        stated.previous_known_to is null
        or stated.previous_known_to < stated.known_from

),

numbered as (

    select
        appeared.*,
        first_rule.rule_citation,
        first_rule.document_number,
        first_rule.cited_on,
        first_rule.effective_on as rule_effective_on,
        first_rule.printed_at
    from appeared
    left join {{ ref('int_list__cited_rules') }} as first_rule
        on
        appeared.list_code = first_rule.list_code
        and appeared.entry_key = first_rule.entry_key
        and first_rule.is_first

),

older as (

    select distinct
        numbered.list_code,
        numbered.entry_key,
        numbered.known_from
    from numbered
    inner join {{ ref('int_list__stated_entries') }} as twin
        on
        numbered.list_code = twin.list_code
        and lower(numbered.entity_name) = lower(twin.entity_name)
        and numbered.country_code = twin.country_code
        and numbered.entry_key <> twin.entry_key
    left join {{ ref('int_list__cited_rules') }} as twin_rule
        on
        twin.list_code = twin_rule.list_code
        and twin.entry_key = twin_rule.entry_key
        and twin_rule.is_first
    where
        numbered.has_several_formats
        and not numbered.prints_headings
        and twin.known_from <= numbered.known_from
        and numbered.known_from < twin.known_to
        and (
            numbered.printed_at is null
            or twin_rule.printed_at < numbered.printed_at
            or (twin_rule.printed_at = numbered.printed_at and twin.entry_key < numbered.entry_key)
        )

),

newest as (

    select
        list_code,
        entry_key,
        first_stated_on,
        max(cited_on) as newest_cited_on
    from {{ ref('int_list__cited_rules') }}
    group by
        list_code,
        entry_key,
        first_stated_on

),

judged as (

    select
        numbered.*,
        case
            when numbered.entry_begins_on is null and numbered.known_from = numbered.first_edition_on
                then 'first_edition'
            when older.entry_key is not null then 'older_entry'
            when
                numbered.has_several_formats
                and numbered.known_from > numbered.first_edition_on
                and (
                    numbered.citation is null
                    or (
                        numbered.previous_known_to is null
                        and numbered.entry_begins_on <= numbered.previous_edition_on
                    )
                    or (
                        numbered.previous_known_to is not null
                        and coalesce(newest.newest_cited_on, {{ always() }}) <= numbered.previous_edition_on
                    )
                ) then 'older_rule'
        end as restated_as
    from numbered
    left join older
        on
        numbered.list_code = older.list_code
        and numbered.entry_key = older.entry_key
        and numbered.known_from = older.known_from
    left join newest
        on
        numbered.list_code = newest.list_code
        and numbered.entry_key = newest.entry_key
        and numbered.known_from = newest.first_stated_on

)

select
    judged.list_code,
    judged.entry_key,
    judged.entity_name,
    judged.country_code,
    judged.additions_dated_by,
    judged.restated_as,
    cast(
        length(replace(judged.aliases, ' | ', '  ')) - length(replace(judged.aliases, ' | ', ' ')) + 1 as bigint
    ) as alias_count,
    case when judged.prints_headings then cast(1 as bigint) else judged.headings end as headings,
    judged.previous_known_to is null as is_first_time,
    judged.entry_begins_on,
    judged.rule_citation,
    judged.document_number,
    judged.cited_on,
    judged.rule_effective_on,
    judged.known_from as edition_on,
    judged.previous_edition_on as edition_before_on,
    judged.first_edition_on
from judged
