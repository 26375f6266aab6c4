-- Why was less duty calculated than the law states: month by month since 2025, in percentage points of imports
-- Question 7
select
    period_start as month,
    round(100 * max(step_rate) filter (step = 'statutory'), 2) as statutory_percent,
    round(100 * max(step_rate) filter (step = 'usmca_claims'), 2) as usmca_claims,
    round(100 * max(step_rate) filter (step = 'other_claims'), 2) as other_claims,
    round(100 * max(step_rate) filter (step = 'diversion'), 2) as diversion,
    round(100 * max(step_rate) filter (step = 'residual'), 2) as residual,
    round(100 * max(step_rate) filter (step = 'calculated'), 2) as calculated_percent
from trade_impact.tariff_gap
where partner_code = 'ALL' and period_months = 1 and period_start >= date '2025-01-01'
group by period_start
order by period_start
