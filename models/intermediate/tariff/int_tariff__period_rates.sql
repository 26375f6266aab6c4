-- Grain: one row a period × ten-digit line × partner with imports for consumption and a duty known throughout.

{#
    The expected duty of a line over the period its imports are stated for: a mean over the days of it. Sums are of
    decimals, which come out the same in whatever order they are added.
#}

with periods as (

    select
        partner_code,
        product_code as hts10,
        period_start,
        period_months,
        {{ months_after('period_start', 'period_months') }} as period_end
    from {{ ref('int_trade__flows') }}
    where
        flow = 'import'
        and product_level = 'HTS10'
        and known_to = {{ open_end() }}
        and import_value_consumption_usd > 0

),

rates as (

    select
        hts10,
        partner_code,
        valid_from,
        valid_to,
        base_rate
        {%- for component in components().split() %}
        + {{ component }}_rate
        {%- endfor %} as expected_rate
    from {{ ref('int_tariff__weighted_duties') }}

),

spans as (

    select
        periods.partner_code,
        periods.hts10,
        periods.period_start,
        periods.period_months,
        periods.period_end,
        rates.expected_rate,
        {{ days_between(
            'case when rates.valid_from > periods.period_start then rates.valid_from else periods.period_start end',
            'case when rates.valid_to < periods.period_end then rates.valid_to else periods.period_end end',
        ) }} as day_count
    from periods
    inner join rates
        on periods.hts10 = rates.hts10
        and periods.partner_code = rates.partner_code
        and periods.period_start < rates.valid_to
        and periods.period_end > rates.valid_from
    where rates.expected_rate is not null

)

select
    partner_code,
    'HTS10' as product_level,
    hts10 as product_code,
    period_start,
    period_months,
    {{ ratio(
        'sum(cast(expected_rate as decimal(16, 12)) * cast(day_count as decimal(5, 0)))', 'sum(day_count)'
    ) }} as expected_rate
from spans
group by partner_code, hts10, period_start, period_months, period_end
having sum(day_count) = {{ days_between('period_start', 'period_end') }}
