-- Grain: one row a check × partner (or ALL) × product level × product × period × measure, as known now.

select
    check_name,
    partner_code,
    product_level,
    product_code,
    period_start,
    cast(period_months as integer) as period_months,
    measure_name,
    first_source,
    first_value_usd,
    second_source,
    second_value_usd,
    difference_usd,
    difference_share,
    band_share,
    cast(abs(difference_usd) as double) <= band_share * abs(cast(second_value_usd as double)) as is_within_band
from {{ ref('int_provenance__source_agreement') }}
