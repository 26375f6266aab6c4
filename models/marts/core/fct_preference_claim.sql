-- Grain: one row a partner × tariff line × month × programme × known interval.

select
    partner_code,
    product_code,
    cast(product_level as string) as product_level,
    period_start,
    cast(period_months as integer) as period_months,
    program_code,
    claimed_import_value_consumption_usd,
    total_import_value_consumption_usd,
    cast(claim_source as string) as claim_source,
    known_from,
    known_to
from {{ ref('int_claim__preference_claims') }}
