-- Grain: one row a provision, act or authority × treatment × component of the duty × day it took effect (or none).

{#
    Whose exposure is counted: each provision; each act ('ALL' provisions, those that go the act's way); each authority
    ('ALL' acts, the provisions that tighten). An act is no sum of its provisions: what two of them reach is one trade.
    `change_count`: days × components on which the unit may change the treatment's duty; what changes on two of them is
    one trade as well.
#}

with units as (

    select
        action_id,
        provision_id,
        authority,
        treatment_id,
        rate_component,
        took_effect_on
    from {{ ref('int_policy__provision_reach') }}
    union
    select
        action_id,
        'ALL' as provision_id,
        authority,
        treatment_id,
        rate_component,
        took_effect_on
    from {{ ref('int_policy__provision_reach') }}
    where is_with_act
    union
    select
        'ALL' as action_id,
        'ALL' as provision_id,
        authority,
        treatment_id,
        rate_component,
        took_effect_on
    from {{ ref('int_policy__provision_reach') }}
    where direction = 'tighten'

)

select
    action_id,
    provision_id,
    authority,
    treatment_id,
    rate_component,
    took_effect_on,
    count(took_effect_on) over (partition by action_id, provision_id, authority, treatment_id) as change_count,
    row_number() over (
        partition by action_id, provision_id, authority, treatment_id order by took_effect_on, rate_component
    ) as place
from units
