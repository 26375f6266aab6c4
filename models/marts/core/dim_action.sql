-- Grain: one row a legal or administrative act.

select
    action_id,
    title,
    issuer,
    issuer_country,
    administration,
    authority,
    instrument,
    document_kind,
    direction,
    announced_on,
    signed_on,
    published_on,
    effective_on,
    known_on,
    document_number,
    citation,
    comments_open_on,
    comments_close_on,
    cast(comment_window_days as bigint) as comment_window_days,
    rationale,
    round_id,
    source_url,
    evidence,
    is_confirmed,
    reviewed_on
from {{ ref('int_policy__acts') }}
