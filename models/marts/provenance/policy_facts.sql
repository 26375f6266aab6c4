-- Grain: one row a fact.

select
    fact_id,
    hts10,
    partner_code,
    day,
    known_on,
    component,
    expected_rate,
    panel_rate,
    tolerance,
    citation
from {{ ref('int_provenance__policy_facts') }}
