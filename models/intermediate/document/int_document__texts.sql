-- Grain: one row a presidential text, with the document of the Federal Register that prints it.

{# The site prints no number of an act. The Register prints the same title within a fortnight. #}

with texts as (

    select
        *,
        replace(
            replace(replace(lower(title), 'a proclamation on ', ''), 'a proclamation: ', ''), '’', chr(39)
        ) as plain_title
    from {{ ref('stg_presidential_text__texts') }}
    where known_to = cast('9999-12-31' as date)

),

printed as (

    select
        document_number,
        published_on,
        signed_on,
        replace(lower(title), '’', chr(39)) as plain_title
    from {{ ref('stg_federal_register__documents') }}
    where known_to = cast('9999-12-31' as date)

),

pairs as (

    select
        texts.text_id,
        printed.document_number,
        row_number() over (
            partition by texts.text_id
            order by printed.published_on, printed.document_number
        ) as nearest_document,
        row_number() over (
            partition by printed.document_number
            order by texts.acted_on desc, texts.text_id asc
        ) as nearest_text
    from texts
    inner join printed
        on
        texts.plain_title = printed.plain_title
        and {{ days_between('texts.acted_on', 'printed.published_on') }} between 0 and 14
        and (
            printed.signed_on is null
            or {{ days_between('printed.signed_on', 'texts.acted_on') }} between 0 and 2
        )

)

select
    texts.text_id,
    pairs.document_number,
    texts.title,
    texts.document_kind,
    texts.acted_on,
    texts.first_bite_on,
    texts.source_url,
    texts.text_sha256,
    texts.word_count,
    texts.section_count
from texts
left join pairs
    on
    texts.text_id = pairs.text_id
    and pairs.nearest_document = 1
    and pairs.nearest_text = 1
