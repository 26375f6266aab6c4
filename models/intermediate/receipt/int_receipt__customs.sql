-- Grain: one row a source × measure × period × known interval.

select
    'bea_customs_duties' as receipt_source,
    'net' as measure,
    period_start,
    period_months,
    customs_duties_usd as value_usd,
    known_from,
    known_to
from {{ ref('stg_bea_customs_duties__duties') }}
{% for measure in ['gross', 'refunds', 'net'] -%}
union all
select
    'treasury_receipts' as receipt_source,
    '{{ measure }}' as measure,
    period_start,
    1 as period_months,
    {{ measure }}_usd as value_usd,
    known_from,
    known_to
from {{ ref('stg_treasury_receipts__customs_duties') }}
{% endfor %}
