-- Grain: one row a document × kind of what it cites × what it cites.

with documents as (

    select * from {{ ref('int_document__documents') }}

),

-- Numbers of orders run from 13,000, of proclamations below 12,000: a number is one act.
numbered_acts as (

    select
        presidential_number,
        min(document_id) as document_id
    from documents
    where presidential_number is not null and document_number is not null
    group by presidential_number
    having count(*) = 1

),

cited_pages as (

    select
        citation,
        min(document_id) as document_id
    from documents
    where citation is not null
    group by citation
    having count(*) = 1

)

select
    mentions.document_id,
    mentions.mention_kind as cited_kind,
    mentions.mention as cited,
    mentions.mentioned_times,
    case
        when mentions.mention_kind = 'act' then numbered_acts.document_id
        when mentions.mention_kind = 'register_citation' then cited_pages.document_id
    end as cited_document_id
from {{ ref('int_document__mentions') }} as mentions
left join numbered_acts
    on
    mentions.mention_kind = 'act'
    and replace(replace(mentions.mention, 'EO ', ''), 'Proc ', '') = numbered_acts.presidential_number
left join cited_pages
    on
    mentions.mention_kind = 'register_citation'
    and mentions.mention = cited_pages.citation
where
    mentions.mention_kind in (
        'act', 'order_of_day', 'register_citation', 'statute', 'us_code', 'docket', 'heading', 'heading_listed'
    )
