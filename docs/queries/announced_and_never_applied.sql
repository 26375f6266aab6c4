-- Announced and never in force as announced: tightening that was never a fact, and how it ended or stands
-- Question 2
select distinct
    acts.announced_on,
    acts.action_id,
    provisions.what,
    ended.status as ended_as,
    ended.valid_from as ended_on,
    ended.evidence_document as shown_by
from core.dim_action as acts
inner join core.fct_action_provision as provisions on acts.action_id = provisions.action_id
inner join core.fct_action_status as ended
    on provisions.action_id = ended.action_id and provisions.provision_id = ended.provision_id
where
    provisions.direction = 'tighten'
    and acts.announced_on is not null
    and ended.valid_to = date '9999-12-31' and ended.known_to = date '9999-12-31'
    and ended.status in ('revoked', 'superseded', 'expired', 'suspended')
    and not ended.is_scheduled
    and (provisions.action_id, provisions.provision_id) not in (
        select (action_id, provision_id)
        from core.fct_action_status
        where known_to = date '9999-12-31' and status in ('in_force', 'amended') and not is_scheduled
    )
order by acts.announced_on desc, acts.action_id, provisions.what
