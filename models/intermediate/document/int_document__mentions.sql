-- Grain: one row a document × kind of mention × mention.

with mentioned as (

    select
        document_number as document_id,
        mention_kind,
        mention,
        mentioned_times
    from {{ ref('stg_federal_register_text__mentions') }}
    where known_to = cast('9999-12-31' as date)

    union all

    select
        coalesce(texts.document_number, texts.text_id) as document_id,
        mentions.mention_kind,
        mentions.mention,
        mentions.mentioned_times
    from {{ ref('stg_presidential_text__mentions') }} as mentions
    inner join {{ ref('int_document__texts') }} as texts on mentions.text_id = texts.text_id
    where mentions.known_to = cast('9999-12-31' as date)

)

select
    document_id,
    mention_kind,
    mention,
    cast(sum(mentioned_times) as integer) as mentioned_times
from mentioned
group by
    document_id,
    mention_kind,
    mention
