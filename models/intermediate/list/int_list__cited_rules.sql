-- Grain: one row a list × entry × rule or other citation.

{{ config(materialized='table') }}

{#
    What an entry has cited in any edition, and the first edition that prints it. The oldest citation in the first
    edition that prints any added the entry (is_first): later editions leave out old citations, and some print older
    ones that the edition nearest to the rule does not have; these come before the first and change nothing
    (is_before_first). A citation some edition prints without its day counts with what the others say.
#}

with citations as (

    select
        list_code,
        entry_key,
        coalesce(rule_citation, citation) as cited,
        rule_citation,
        document_number,
        coalesce(published_on, cited_on) as cited_on,
        effective_on,
        volume,
        page,
        place,
        known_from,
        min(known_from) over (partition by list_code, entry_key) as first_printed_on
    from {{ ref('int_list__citations') }}

),

gathered as (

    select
        list_code,
        entry_key,
        cited,
        min(rule_citation) as rule_citation,
        min(document_number) as document_number,
        min(cited_on) as cited_on,
        min(effective_on) as effective_on,
        min(cast(volume as bigint) * 1000000 + coalesce(page, 999999)) as printed_at,
        min(known_from) as first_stated_on,
        min(case when place = 1 and known_from = first_printed_on then 0 else 1 end) = 0 as is_first
    from citations
    group by
        list_code,
        entry_key,
        cited

)

select
    list_code,
    entry_key,
    cited,
    rule_citation,
    document_number,
    cited_on,
    effective_on,
    printed_at,
    first_stated_on,
    is_first,
    not is_first
    and printed_at < min(case when is_first then printed_at end) over (
        partition by list_code, entry_key
    ) as is_before_first
from gathered
