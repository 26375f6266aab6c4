-- Grain: one row a day a provision took effect × ten-digit line × partner × component of its duty that changed then.

{{ config(materialized='table') }}

{#
    A cell changes where law does (another set of measures holds) and what is expected to be paid does too. A month in
    which other shares of the goods claim a preference is no change of law. What cannot be computed on either side of
    the day is not compared. The components that changed tell the programmes: the end of one is no work of another that
    begins on the same day.
#}

{%- set total = (['base'] + components().split()) | join('_rate + ') ~ '_rate' %}

with days as (

    select distinct took_effect_on
    from {{ ref('int_policy__provision_reach') }}
    where took_effect_on is not null

),

duties_before as (

    select
        hts10,
        partner_code,
        duty_set_id,
        valid_to as changed_on,
        {%- for component in components().split() %}
        {{ component }}_rate,
        {%- endfor %}
        {{ total }} as total_rate
    from {{ ref('int_tariff__weighted_duties') }}
    where valid_to in (select days.took_effect_on from days)

),

duties_after as (

    select
        hts10,
        partner_code,
        duty_set_id,
        valid_from as changed_on,
        {%- for component in components().split() %}
        {{ component }}_rate,
        {%- endfor %}
        {{ total }} as total_rate
    from {{ ref('int_tariff__weighted_duties') }}
    where valid_from in (select days.took_effect_on from days)

),

components as (

    {%- for component in components().split() %}
    select '{{ component }}' as rate_component
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}

)

select
    duties_after.changed_on,
    duties_after.hts10,
    duties_after.partner_code,
    components.rate_component,
    treatments.treatment_id
from duties_after
inner join duties_before
    on duties_after.changed_on = duties_before.changed_on
    and duties_after.hts10 = duties_before.hts10
    and duties_after.partner_code = duties_before.partner_code
inner join {{ ref('int_tariff__weighted_cells') }} as cells
    on duties_after.hts10 = cells.hts10
    and duties_after.partner_code = cells.partner_code
inner join {{ ref('int_tariff__treatments') }} as treatments
    on cells.product_class_id = treatments.product_class_id
    and cells.partner_class_id = treatments.partner_class_id
cross join components
where
    duties_after.duty_set_id <> duties_before.duty_set_id
    and abs(duties_after.total_rate - duties_before.total_rate) > 0.000000001
    and abs(
        case components.rate_component
            {%- for component in components().split() %}
            when '{{ component }}' then duties_after.{{ component }}_rate - duties_before.{{ component }}_rate
            {%- endfor %}
        end
    ) > 0.000000001
