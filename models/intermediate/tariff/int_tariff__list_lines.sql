-- Grain: one row a list of goods × prefix × valid interval × known interval.

{#
    Lists kept as law, and lists the schedule itself keeps: goods whose margin names a heading of chapter 99. Footnotes
    are printed in the editions of 2025 on. What the first of them links is taken to have been linked before; what a
    later one links, from that edition on. A link that ends because its line does has no end of its own: nothing is
    entered under the line any more.
#}
{{ config(materialized='table') }}

with named as (

    select distinct scope_code as list_code
    from {{ ref('stg_law__scopes') }}
    where scope_kind = 'product' and scope_code <> 'ALL'

),

links as (

    select distinct
        named.list_code,
        footnotes.htsno,
        footnotes.known_from,
        footnotes.known_to
    from {{ ref('stg_usitc_hts__footnotes') }} as footnotes
    inner join named
        on named.list_code like 'footnote:%'
        and footnotes.chapter99_references like concat('%', substr(named.list_code, 10), '%')

),

runs as (

    {{ merged_known_runs('links', ['list_code', 'htsno']) }}

),

first_edition as (

    select min(known_from) as printed_on from {{ ref('stg_usitc_hts__footnotes') }}

),

ends as (

    select
        runs.list_code,
        replace(runs.htsno, '.', '') as hts_prefix,
        case
            when runs.known_from > first_edition.printed_on then runs.known_from
            else {{ always() }}
        end as linked_from,
        case when max(lines.htsno) is null then {{ open_end() }} else runs.known_to end as linked_to
    from runs
    cross join first_edition
    left join {{ ref('stg_usitc_hts__lines') }} as lines
        on runs.htsno = lines.htsno
        and runs.known_to >= lines.known_from
        and runs.known_to < lines.known_to
    group by runs.list_code, runs.htsno, runs.known_from, runs.known_to, first_edition.printed_on

)

select
    lines.list_code,
    lines.hts_prefix,
    lines.valid_from,
    lines.valid_to,
    lines.known_from,
    lines.known_to,
    lines.evidence,
    lines.citation
from {{ ref('stg_law__list_lines') }} as lines
inner join named on lines.list_code = named.list_code
union all
select
    list_code,
    hts_prefix,
    linked_from as valid_from,
    {{ open_end() }} as valid_to,
    linked_from as known_from,
    linked_to as known_to,
    'footnote' as evidence,
    concat('footnote to ', hts_prefix) as citation
from ends
union all
select
    list_code,
    hts_prefix,
    linked_from as valid_from,
    linked_to as valid_to,
    linked_to as known_from,
    {{ open_end() }} as known_to,
    'footnote' as evidence,
    concat('footnote to ', hts_prefix) as citation
from ends
where linked_to < {{ open_end() }}
