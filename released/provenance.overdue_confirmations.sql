-- View: provenance.overdue_confirmations
-- What should have happened by today, and no document at hand says that it did: statuses of provisions still held
-- as plans after their day. One row an act × provision × status × day it was due. A confirmation in
-- law/*/provisions.csv, or a statement in law/*/statuses.csv, takes the row away.

select
    statuses.action_id,
    statuses.provision_id,
    provisions.what,
    statuses.status,
    statuses.valid_from as due_on,
    statuses.known_from,
    statuses.evidence_document
from core.fct_action_status as statuses
inner join core.fct_action_provision as provisions
    on statuses.action_id = provisions.action_id and statuses.provision_id = provisions.provision_id
where statuses.is_scheduled and statuses.known_to = date '9999-12-31' and statuses.valid_from <= current_date
