-- Grain: one row a document that a rule puts in scope and no act covers.

with documents as (

    select
        *,
        lower(title) as plain_title,
        coalesce(published_on, signed_on) as public_on
    from {{ ref('int_document__documents') }}

),

in_scope as (

    select
        documents.document_id,
        min(scopes.rule_id) as scope_rule,
        cast(count(*) as integer) as scope_rule_count
    from documents
    inner join {{ ref('document_scopes') }} as scopes
        on
        documents.public_on >= scopes.published_from
        and documents.plain_title like concat('%', coalesce(scopes.title_words, ''), '%')
        and (
            scopes.without_words is null
            or documents.plain_title not like concat('%', scopes.without_words, '%')
        )
        and (
            scopes.agency_code is null
            or concat('; ', documents.agency_codes, '; ') like concat('%; ', scopes.agency_code, '; %')
        )
        and (scopes.document_type is null or documents.document_type = scopes.document_type)
    group by documents.document_id

),

covered as (

    select document_number as document_id
    from {{ ref('int_policy__documents') }}
    union
    select document_number as document_id from {{ ref('stg_law__documents_set_aside') }}
    union
    select documents.document_id
    from {{ ref('int_policy__documents') }} as known
    inner join documents on known.citation = documents.citation
    union
    select documents.document_id
    from {{ ref('int_policy__acts') }} as acts
    inner join documents on acts.citation = documents.citation
    union
    select documents.document_id
    from {{ ref('int_policy__acts') }} as acts
    inner join documents
        on
        acts.action_id in (
            concat('US-EO-', documents.presidential_number),
            concat('US-PROC-', documents.presidential_number)
        )
    union
    select documents.document_id
    from {{ ref('int_policy__acts') }} as acts
    inner join documents
        on
        acts.signed_on = documents.signed_on
        and acts.evidence like concat('%', documents.text_id, '.md%')
    union
    select documents.document_id
    from {{ ref('int_policy__acts') }} as acts
    inner join documents on acts.source_url = documents.html_url

)

select
    documents.document_id,
    documents.document_number,
    documents.public_on,
    documents.title,
    documents.agency_codes,
    documents.citation,
    in_scope.scope_rule,
    in_scope.scope_rule_count
from documents
inner join in_scope on documents.document_id = in_scope.document_id
left join covered on documents.document_id = covered.document_id
where covered.document_id is null
