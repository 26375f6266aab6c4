-- Grain: one row a period × partner (or 'ALL') × product (or 'ALL'), as known now.

{#
    Figures as the publisher states them at every level held, and totals beside them: published, or the sum of a level
    that splits all goods, or the sum of all partners; never of a sample. `added_up_from` says what a total is the sum
    of. Figures without a stated duty have no place here.
#}
{%- set rank_of_level = level_preference('product_level', 'product_code') %}
with flows as (

    select
        partner_code,
        product_level,
        product_code,
        period_start,
        period_months,
        calculated_duty_usd,
        import_value_consumption_usd
    from {{ ref('fct_trade_flow') }}
    where flow = 'import' and known_to = {{ open_end() }}

),

partners as (

    select partner_code
    from {{ ref('dim_partner') }}

),

-- Where (nearly) every partner of Schedule C is stated at ten digits, the partners add up to the world.
whole_world_periods as (

    {{ whole_world_periods('flows', 'partners') }}

),

-- The publisher's own totals: of the world by product, and of all goods by partner.
published as (

    select
        coalesce(partners.partner_code, 'ALL') as partner_code,
        controls.product_level,
        controls.product_code,
        controls.period_start,
        controls.period_months,
        controls.calculated_duty_usd,
        controls.import_value_consumption_usd,
        cast(null as string) as added_up_from,
        1 as preference
    from {{ ref('fct_trade_control') }} as controls
    left join partners on controls.group_code = partners.partner_code
    where
        controls.flow = 'import'
        and controls.known_to = {{ open_end() }}
        and (controls.group_code = '-' or (controls.product_code = 'ALL' and partners.partner_code is not null))

),

sum_of_partners as (

    select
        'ALL' as partner_code,
        flows.product_level,
        flows.product_code,
        flows.period_start,
        flows.period_months,
        {{ complete_sum('flows.calculated_duty_usd') }} as calculated_duty_usd,
        {{ complete_sum('flows.import_value_consumption_usd') }} as import_value_consumption_usd,
        'partners' as added_up_from,
        2 as preference
    from flows
    inner join whole_world_periods
        on flows.period_start = whole_world_periods.period_start
        and flows.period_months = whole_world_periods.period_months
    where flows.product_level = 'HTS10'
    group by flows.product_level, flows.product_code, flows.period_start, flows.period_months

),

ranked_beyond_flows as (

    select
        *,
        row_number() over (
            partition by partner_code, product_level, product_code, period_start, period_months order by preference
        ) as choice
    from (
        select * from published
        union all
        select * from sum_of_partners
    ) as beyond_flows

),

stated as (

    select
        partner_code,
        product_level,
        product_code,
        period_start,
        period_months,
        calculated_duty_usd,
        import_value_consumption_usd,
        cast(null as string) as added_up_from
    from flows
    union all
    select
        partner_code,
        product_level,
        product_code,
        period_start,
        period_months,
        calculated_duty_usd,
        import_value_consumption_usd,
        added_up_from
    from ranked_beyond_flows
    where choice = 1

),

totals as (

    select
        partner_code,
        period_start,
        period_months,
        {{ complete_sum('calculated_duty_usd') }} as calculated_duty_usd,
        {{ complete_sum('import_value_consumption_usd') }} as import_value_consumption_usd,
        {{ rank_of_level }} as preference,
        product_level as total_of_level
    from stated
    where {{ rank_of_level }} is not null
    group by partner_code, period_start, period_months, product_level, {{ rank_of_level }}

),

ranked_totals as (

    select
        *,
        row_number() over (
            partition by partner_code, period_start, period_months order by preference, total_of_level
        ) as choice
    from totals
    where calculated_duty_usd is not null

),

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
