-- Grain: one row an act × relation × other act × its provision.

{# A relation to an act as a whole is one to each of its provisions. #}

select
    stated.action_id,
    stated.relation,
    stated.related_action_id,
    provisions.provision_id,
    stated.share_undone,
    stated.citation
from {{ ref('stg_law__relations') }} as stated
inner join {{ ref('int_policy__provisions') }} as provisions
    on
    stated.related_action_id = provisions.action_id
    and (stated.provision_id is null or stated.provision_id = provisions.provision_id)
