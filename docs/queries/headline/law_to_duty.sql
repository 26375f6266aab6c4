-- From the rate the law states to the duty that was calculated and collected, a step a reason, by year
-- Fractions of customs value, all partners; levels are rates, steps what lies between them.
select
    gap.period_start as year_start,  -- First day of the year.
    gap.step_order,  -- Place on the ladder, from the law down.
    gap.step,  -- statutory, usmca_claims, other_claims, expected, timing, diversion, residual, calculated or receipts.
    gap.is_level,  -- Whether it is a rate, and no step between two.
    gap.step_rate  -- The rate, or the step. Unit: fraction of customs value.
from trade_impact.tariff_gap as gap
where gap.partner_code = 'ALL' and gap.period_months = 12
order by gap.period_start, gap.step_order
