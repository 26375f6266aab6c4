-- Grain: one row a period × partner (or 'ALL') × product (or 'ALL'), as known now.

{#
    Figures as the publisher states them at every level held, and totals beside them. `added_up_from` says what a total
    is the sum of. Figures without a stated duty have no place here.
#}
with {{ stated_import_ctes(ref('fct_trade_flow'), ref('fct_trade_control'), ref('dim_partner')) }},

rates as (

    select
        partner_code,
        product_level,
        product_code,
        period_start,
        period_months,
        calculated_duty_usd,
        import_value_consumption_usd,
        added_up_from
    from stated
    where product_code <> 'ALL' and calculated_duty_usd is not null
    union all
    select
        partner_code,
        'ALL' as product_level,
        'ALL' as product_code,
        period_start,
        period_months,
        calculated_duty_usd,
        import_value_consumption_usd,
        case when preference > 0 then total_of_level end as added_up_from
    from ranked_totals
    where choice = 1

)

select
    period_start,
    period_months,
    partner_code,
    product_level,
    product_code,
    {{ ratio('calculated_duty_usd', 'import_value_consumption_usd') }} as calculated_duty_rate,
    calculated_duty_usd,
    import_value_consumption_usd,
    added_up_from
from rates
