-- Grain: one row a weight year × partner × authority × calendar year with steps.

with duties as (

    select *
    from {{ ref('fct_weighted_duty') }}
    where product_level = 'ALL' and import_value_consumption_usd > 0

),

by_authority as (

    {{ duties_by_authority('duties') }}

),

steps as (

    select
        weight_year,
        partner_code,
        authority,
        cast(concat(cast(year(valid_from) as string), '-01-01') as date) as window_from,
        cast(concat(cast(year(valid_from) + 1 as string), '-01-01') as date) as window_to,
        cast(100 * duty_usd as double) / import_value_consumption_usd
        - lag(cast(100 * duty_usd as double) / import_value_consumption_usd) over (
            partition by weight_year, authority, partner_code order by valid_from
        ) as change_pp
    from by_authority

),

windows as (

    select
        weight_year,
        partner_code,
        authority,
        window_from,
        window_to,
        sum(abs(change_pp)) as path_pp,
        sum(change_pp) as net_pp,
        count(*) as step_count
    from steps
    where abs(change_pp) > 0.000001
    group by weight_year, partner_code, authority, window_from, window_to

)

select
    weight_year,
    partner_code,
    authority,
    window_from,
    window_to,
    path_pp,
    net_pp,
    case when abs(net_pp) > 0.000001 then cast(path_pp as double) / abs(net_pp) end as churn,
    1 - cast(abs(net_pp) as double) / path_pp as round_trip_share,
    step_count
from windows
