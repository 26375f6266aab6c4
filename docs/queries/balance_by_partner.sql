-- With whom are goods traded, and how far apart are exports and imports?
-- Question 6
select
    year(balance.period_start) as year,
    partners.iso3,
    partners.partner_name,
    round(balance.export_value_fas_usd / 1e9, 1) as exports_usd_billion,
    round(balance.import_value_general_usd / 1e9, 1) as imports_usd_billion,
    round(balance.balance_usd / 1e9, 1) as balance_usd_billion
from trade_impact.trade_balance as balance
inner join core.dim_partner as partners using (partner_code)
where balance.period_months = 12
order by year desc, balance_usd_billion
