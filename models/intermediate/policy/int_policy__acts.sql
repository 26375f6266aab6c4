-- Grain: one row a legal act.

{{ config(materialized='table') }}

with stated as (

    select
        *,
        least(
            coalesce(signed_on, {{ open_end() }}),
            coalesce(published_on, {{ open_end() }})
        ) as text_public_on
    from {{ ref('stg_law__acts') }}

),

known as (

    select
        *,
        case
            when known_on is not null then known_on
            when text_public_on < {{ open_end() }} then text_public_on
            else announced_on
        end as act_known_on
    from stated

),

stated_reasons as (

    select
        action_id,
        min(rationale) as rationale
    from {{ ref('stg_law__rationales') }}
    where coder = 'act_text'
    group by action_id

)

select
    known.action_id,
    known.title,
    known.issuer,
    known.issuer_country,
    administrations.administration,
    known.authority,
    known.instrument,
    known.document_kind,
    known.direction,
    known.announced_on,
    known.signed_on,
    known.published_on,
    known.effective_on,
    known.act_known_on as known_on,
    known.document_number,
    known.citation,
    known.comments_open_on,
    known.comments_close_on,
    {{ days_between('known.comments_open_on', 'known.comments_close_on') }} as comment_window_days,
    stated_reasons.rationale,
    known.round_id,
    known.source_url,
    known.evidence,
    known.is_confirmed,
    known.reviewed_on
from known
left join stated_reasons on known.action_id = stated_reasons.action_id
left join {{ ref('administrations') }} as administrations
    on
    known.issuer_country = 'US'
    and coalesce(known.signed_on, known.published_on, known.announced_on, known.act_known_on)
    >= administrations.valid_from
    and coalesce(known.signed_on, known.published_on, known.announced_on, known.act_known_on)
    < administrations.valid_to
