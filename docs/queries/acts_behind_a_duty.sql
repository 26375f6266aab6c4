-- Which acts stand behind the duty on 7326.90.86.88 from China on 2025-11-05, and was each by then a fact or a plan
-- Question 1
select
    parts.authority,
    parts.heading,
    round(100 * parts.net_rate, 2) as net_rate_percent,
    acts.action_id,
    acts.title as act,
    acts.document_number,
    held.provision_id,
    held.status,
    held.is_scheduled
from core.tariff_components_for('7326908688', '5700', date '2025-11-05', known_on := date '2025-11-05') as parts
inner join core.dim_action as acts on parts.action_id = acts.action_id
left join core.bridge_provision_measure as carried
    on parts.action_id = carried.action_id and parts.measure_id = carried.measure_id
left join core.action_status_on(date '2025-11-05', known_on := date '2025-11-05') as held
    on carried.action_id = held.action_id and carried.provision_id = held.provision_id
where parts.net_rate > 0
order by parts.authority, parts.heading, held.provision_id
