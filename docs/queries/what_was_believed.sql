-- What was believed of the tariff of 1 August 2025 before and after: each day that changed it, and why
-- Question 1
select
    known_on,
    round(change_pp, 2) as change_pp,
    round(sum(change_pp) over (order by known_on), 2) as additional_duty_then_expected_pp,
    cause
from provenance.revisions
where day = date '2025-08-01' and partner_code = 'ALL'
order by known_on
