-- Grain: one row a list × entry × place in its citations × known interval.

{{ config(materialized='table') }}

{#
    The citations of an entry, one by one, with the rule each names. Statements that differ otherwise only are one here.
#}

with texts as (

    {{ merged_known_runs(ref('int_list__statements'), ['list_code', 'entry_key', 'citation']) }}

)

select
    texts.list_code,
    texts.entry_key,
    read.place,
    read.citation,
    read.volume,
    read.page,
    read.cited_on,
    read.place = 1 as is_first,
    read.resolution,
    read.rule_citation,
    rules.document_number,
    rules.published_on,
    rules.effective_on,
    texts.known_from,
    texts.known_to
from texts
inner join {{ ref('stg_list_rules__citations') }} as read
    on
    texts.list_code = read.list_code
    and texts.citation = read.citation_text
left join {{ ref('int_list__rules') }} as rules
    on read.rule_citation = rules.rule_citation
