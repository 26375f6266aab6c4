-- Grain: one row a document.

{#
    Documents the Federal Register numbers, as last stated of each; rules of BIS's yearly tables whose number no file
    tells, by their citation; presidential texts not found among the numbered, by the last part of their address.
#}
{{ config(materialized='table') }}

with numbered as (

    select
        *,
        coalesce(title, compiled_note) as known_title
    from {{ ref('stg_federal_register__documents') }}
    where known_to = cast('9999-12-31' as date)

),

tables as (

    select
        *,
        lower(title) as plain_title
    from {{ ref('stg_federal_register__bis_rules') }}
    where known_to = cast('9999-12-31' as date)

),

same_rule as (

    select
        numbered.document_number,
        min(tables.citation) as citation,
        count(*) as candidates
    from numbered
    inner join tables
        on
        numbered.published_on = tables.published_on
        and lower(numbered.known_title) = tables.plain_title
    where numbered.citation is null
    group by numbered.document_number

),

-- Two rules of one day under one title cannot be told apart.
cited_alone as (

    select
        citation,
        min(document_number) as document_number
    from same_rule
    where candidates = 1
    group by citation
    having count(*) = 1

),

notices as (

    select * from {{ ref('stg_federal_register_text__notices') }}
    where known_to = cast('9999-12-31' as date)

),

texts as (

    select * from {{ ref('int_document__texts') }}

),

registered as (

    select
        coalesce(numbered.document_number, notices.document_number) as document_id,
        coalesce(numbered.document_number, notices.document_number) as document_number,
        numbered.document_type,
        coalesce(numbered.document_subtype, notices.document_kind) as document_subtype,
        coalesce(numbered.known_title, notices.title) as title,
        coalesce(
            numbered.agency_codes,
            case when cited_alone.citation is not null then 'industry-and-security-bureau' end
        ) as agency_codes,
        numbered.published_on,
        numbered.signed_on,
        coalesce(numbered.effective_on, tables.effective_on) as effective_on,
        coalesce(numbered.comments_close_on, notices.comments_due_on, tables.comments_close_on) as comments_close_on,
        coalesce(numbered.citation, cited_alone.citation) as citation,
        numbered.presidential_number,
        numbered.docket_numbers,
        numbered.regulation_numbers,
        numbered.cfr_parts,
        numbered.is_significant,
        numbered.corrects_document_number,
        numbered.html_url,
        texts.text_id,
        texts.first_bite_on,
        coalesce(texts.text_sha256, notices.text_sha256) as text_sha256
    from numbered
    full outer join notices on numbered.document_number = notices.document_number
    left join cited_alone on numbered.document_number = cited_alone.document_number
    left join tables on cited_alone.citation = tables.citation
    left join texts on numbered.document_number = texts.document_number

),

in_tables_only as (

    select
        tables.citation as document_id,
        cast(null as string) as document_number,
        tables.title,
        tables.published_on,
        tables.effective_on,
        tables.comments_close_on,
        tables.citation
    from tables
    left join registered on tables.citation = registered.citation
    where registered.citation is null

)

select * from registered
union all
select
    document_id,
    document_number,
    cast(null as string) as document_type,
    cast(null as string) as document_subtype,
    title,
    'industry-and-security-bureau' as agency_codes,
    published_on,
    cast(null as date) as signed_on,
    effective_on,
    comments_close_on,
    citation,
    cast(null as string) as presidential_number,
    cast(null as string) as docket_numbers,
    cast(null as string) as regulation_numbers,
    cast(null as string) as cfr_parts,
    cast(null as boolean) as is_significant,
    cast(null as string) as corrects_document_number,
    cast(null as string) as html_url,
    cast(null as string) as text_id,
    cast(null as date) as first_bite_on,
    cast(null as string) as text_sha256
from in_tables_only
union all
select
    text_id as document_id,
    cast(null as string) as document_number,
    'Presidential Document' as document_type,
    document_kind as document_subtype,
    title,
    cast(null as string) as agency_codes,
    cast(null as date) as published_on,
    acted_on as signed_on,
    cast(null as date) as effective_on,
    cast(null as date) as comments_close_on,
    cast(null as string) as citation,
    cast(null as string) as presidential_number,
    cast(null as string) as docket_numbers,
    cast(null as string) as regulation_numbers,
    cast(null as string) as cfr_parts,
    cast(null as boolean) as is_significant,
    cast(null as string) as corrects_document_number,
    source_url as html_url,
    text_id,
    first_bite_on,
    text_sha256
from texts
where document_number is null
