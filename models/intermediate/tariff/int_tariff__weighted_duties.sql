-- Grain: one row a weighted line × partner × interval in which nothing its duty is worked out from changes.

{{ config(materialized='table') }}

{#
    Expected duty of every cell with imports in a weight year, since 2018, as known now. A line that is no longer in the
    schedule keeps its last duty, one that was not yet there has its first: the year's trade is weighed as a whole on
    every day. Beside what is expected, the whole duty if nothing were claimed.
#}

with treated as (

    select
        cells.hts10,
        cells.partner_code,
        cells.product_class_id,
        sets.duty_set_id,
        ordinary.general_rate,
        ordinary.column2_rate,
        greatest(ordinary.valid_from, sets.valid_from) as valid_from,
        least(ordinary.valid_to, sets.valid_to) as valid_to
    from {{ ref('int_tariff__weighted_cells') }} as cells
    inner join {{ ref('int_ordinary__carried_duties') }} as ordinary on cells.hts10 = ordinary.hts10
    inner join {{ ref('int_tariff__treatments') }} as treatments
        on cells.product_class_id = treatments.product_class_id
        and cells.partner_class_id = treatments.partner_class_id
    inner join {{ ref('int_tariff__treatment_duty_sets') }} as sets
        on treatments.treatment_id = sets.treatment_id
        and ordinary.valid_from < sets.valid_to
        and ordinary.valid_to > sets.valid_from
    where sets.known_to = {{ open_end() }}

),

preferred as (

    select
        treated.hts10,
        treated.partner_code,
        treated.product_class_id,
        treated.duty_set_id,
        treated.general_rate,
        treated.column2_rate,
        spans.special_rate,
        case when spans.claim_share > 0 then spans.claim_share else 0 end as claim_share,
        case when spans.valid_from > treated.valid_from then spans.valid_from else treated.valid_from end as valid_from,
        case when spans.valid_to < treated.valid_to then spans.valid_to else treated.valid_to end as valid_to
    from treated
    left join {{ ref('int_tariff__preferred_spans') }} as spans
        on treated.hts10 = spans.hts10
        and treated.partner_code = spans.partner_code
        and treated.valid_from < spans.valid_to
        and treated.valid_to > spans.valid_from

),

column2 as (

    select
        partner_code,
        valid_from,
        valid_to
    from {{ ref('int_partner__groups') }}
    where group_code = 'COLUMN2'

),

charged_cells as (

    select
        preferred.hts10,
        preferred.partner_code,
        preferred.duty_set_id,
        preferred.general_rate,
        preferred.special_rate,
        preferred.column2_rate,
        preferred.claim_share,
        preferred.valid_from,
        preferred.valid_to,
        column2.partner_code is not null as pays_column2,
        {%- for column in duty_columns().split() %}
        rates.{{ column }}{% if not loop.last %},{% endif %}
        {%- endfor %}
    from preferred
    inner join {{ ref('int_tariff__duty_rates') }} as rates
        on preferred.duty_set_id = rates.duty_set_id
        and (rates.product_class_id = 0 or preferred.product_class_id = rates.product_class_id)
    left join column2
        on preferred.partner_code = column2.partner_code
        and preferred.valid_from >= column2.valid_from
        and preferred.valid_from < column2.valid_to

),

{{ worked_cells(['hts10', 'partner_code', 'duty_set_id', 'valid_from', 'valid_to'], 'charged_cells') }}

select
    hts10,
    partner_code,
    duty_set_id,
    valid_from,
    valid_to,
    {{ expected('charged_rate', 'charged_claimed_rate') }} as base_rate,
    {%- for component in components().split() %}
    {{ expected(component ~ '_unclaimed_rate', component ~ '_claimed_rate') }} as {{ component }}_rate,
    {%- endfor %}
    {{ total_rate('charged_rate', 'unclaimed') }} as unclaimed_rate
from worked
