-- Expected tariff on US imports by authority, in percent of customs value, at the trade of 2024
select
    days.day,
    days.what,
    round(100 * max(steps.effective_rate) filter (steps.authority = 'ALL'), 1) as total,
    round(100 * max(steps.effective_rate) filter (steps.authority = 'BASE'), 1) as ordinary,
    round(100 * max(steps.effective_rate) filter (steps.authority = 'S301'), 1) as s301,
    round(100 * max(steps.effective_rate) filter (steps.authority = 'S232'), 1) as s232,
    round(100 * max(steps.effective_rate) filter (steps.authority = 'IEEPA'), 1) as ieepa,
    round(100 * max(steps.effective_rate) filter (steps.authority = 'S122'), 1) + 0 as s122
from (
    values
        (date '2025-01-01', 'the year begins'),
        (date '2025-03-07', 'Canada, Mexico: USMCA goods free again'),
        (date '2025-04-09', 'country rates'),
        (date '2025-04-10', 'paused, save for China'),
        (date '2025-05-14', 'Geneva'),
        (date '2025-08-07', 'new country rates'),
        (date '2026-02-23', 'the last day of IEEPA duties'),
        (date '2026-02-24', 'Section 122 instead'),
        (date '2026-07-24', 'Section 122 over, forced labour')
) as days(day, what)
inner join trade_impact.effective_tariff_steps as steps on days.day >= steps.valid_from and days.day < steps.valid_to
where steps.weight_year = 2024 and steps.partner_code = 'ALL' and steps.product_level = 'ALL'
group by days.day, days.what
order by days.day
