-- Which panel do I regress: what was bought of each line from each partner before and after, at which rates?
-- Question 9
-- One row a line × partner bought in both years: whole, it is `statecraft export panel_for_regressions -o panel.dta`.
with years as (

    select
        flows.partner_code,
        flows.product_code,
        flows.period_start,
        flows.import_value_consumption_usd,
        flows.quantity_1,
        rates.expected_rate
    from core.fct_trade_flow as flows
    inner join core.fct_period_tariff as rates
        using (partner_code, product_level, product_code, period_start, period_months)
    where flows.flow = 'import' and flows.product_level = 'HTS10' and flows.known_to = date '9999-12-31'
        and flows.import_value_consumption_usd > 0

)

select
    partners.iso3,
    later.product_code as hts10,
    year(later.period_start) as year,
    ln(later.import_value_consumption_usd / earlier.import_value_consumption_usd) as log_change_in_value,
    case
        when later.quantity_1 > 0 and earlier.quantity_1 > 0
            then ln(later.import_value_consumption_usd / later.quantity_1)
                - ln(earlier.import_value_consumption_usd / earlier.quantity_1)
    end as log_change_in_unit_value,
    ln((1 + later.expected_rate) / (1 + earlier.expected_rate)) as log_change_in_tariff,
    earlier.import_value_consumption_usd as import_value_before_usd
from years as later
inner join years as earlier
    on later.partner_code = earlier.partner_code and later.product_code = earlier.product_code
    and later.period_start = earlier.period_start + interval 1 year
inner join core.dim_partner as partners on later.partner_code = partners.partner_code
order by import_value_before_usd desc, hts10, iso3
