-- How high is the US tariff, by legal authority: the expected statutory rate on the first day of each month
-- Fractions of customs value at the imports of 2024; parts add up to the whole.
select
    months.month,  -- First day of the month.
    steps.authority,  -- Legal authority of the duty; BASE is the ordinary duty.
    steps.effective_rate  -- Expected statutory rate on that day. Unit: fraction of customs value.
from (
    select distinct month from trade_impact.effective_tariff_monthly
    where partner_code = 'ALL' and product_level = 'ALL'
) as months
inner join trade_impact.effective_tariff_steps as steps
    on months.month >= steps.valid_from and months.month < steps.valid_to
where steps.weight_year = 2024 and steps.partner_code = 'ALL' and steps.product_level = 'ALL'
    and steps.authority <> 'ALL'
order by months.month, steps.authority
