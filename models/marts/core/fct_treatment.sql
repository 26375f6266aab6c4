-- Grain: one row a treatment × valid interval × known interval in which one duty set holds.

select
    treatment_id,
    duty_set_id,
    valid_from,
    valid_to,
    known_from,
    known_to
from {{ ref('int_tariff__treatment_duty_sets') }}
