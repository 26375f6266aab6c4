-- Grain: one row an act × document × role.

with further as (

    select
        action_id,
        document_number,
        role,
        published_on,
        citation
    from {{ ref('stg_law__act_documents') }}

)

select
    acts.action_id,
    acts.document_number,
    'text' as role,
    acts.published_on,
    acts.citation
from {{ ref('int_policy__acts') }} as acts
left join further
    on
    acts.action_id = further.action_id
    and acts.document_number = further.document_number
    and further.role = 'text'
where acts.document_number is not null and further.action_id is null
union all
select
    action_id,
    document_number,
    role,
    published_on,
    citation
from further
