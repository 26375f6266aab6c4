-- Grain: one row a source × measure × period × known interval.

select
    receipt_source,
    measure,
    period_start,
    period_months,
    value_usd,
    known_from,
    known_to
from {{ ref('int_receipt__customs') }}
