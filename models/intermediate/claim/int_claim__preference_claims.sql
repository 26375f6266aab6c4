-- Grain: one row a partner × tariff line × month × programme × known interval.

select
    partner_code,
    hts10 as product_code,
    'HTS10' as product_level,
    period_start,
    1 as period_months,
    program_code,
    claimed_import_value_consumption_usd,
    total_import_value_consumption_usd,
    known_from,
    known_to
from {{ ref('stg_usitc_dataweb__claims') }}
