-- Is policy getting less predictable: share of tightening still standing 30, 90 and 365 days after it began
-- Question 3
select
    administration,
    max(at_risk_count) as steps,
    round(100 * coalesce(min(survival_share) filter (days <= 30), 1), 1) as standing_30d_percent,
    round(100 * coalesce(min(survival_share) filter (days <= 90), 1), 1) as standing_90d_percent,
    round(100 * coalesce(min(survival_share) filter (days <= 365), 1), 1) as standing_365d_percent
from policy_events.reversal_survival
where issuer = 'ALL' and authority = 'ALL' and administration in ('Trump first', 'Biden', 'Trump second')
group by administration
order by administration
