-- Grain: one row an act × document × role.

select
    action_id,
    document_number,
    role,
    published_on,
    citation
from {{ ref('int_policy__documents') }}
