-- Tightening and loosening side by side: acts of the United States in 2025, by authority
-- Question 3
select
    authority,
    sum(tighten_count) as tighten,
    sum(loosen_count) as loosen,
    sum(neutral_count) as neutral
from policy_events.tighten_loosen_monthly
where issuer_country = 'US' and year(month) = 2025
group by authority
order by tighten + loosen desc
