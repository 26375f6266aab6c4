-- Grain: one row an act × provision.

select
    action_id,
    provision_id,
    what,
    direction,
    effective_on,
    retroactive_to,
    expires_on,
    announced_rate,
    confirmed_on,
    confirmed_by,
    citation
from {{ ref('int_policy__provisions') }}
