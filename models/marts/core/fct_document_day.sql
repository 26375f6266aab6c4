-- Grain: one row a document × kind of day × day.

select
    document_id,
    mention_kind as day_kind,
    cast(mention as date) as named_on,
    mentioned_times
from {{ ref('int_document__mentions') }}
where mention_kind like 'day%'
