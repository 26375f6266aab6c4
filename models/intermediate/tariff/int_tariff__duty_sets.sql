-- Grain: one row a duty set × part of the value.

{{ config(materialized='table') }}

{#
    What a set adds to the ordinary duty, component by component, without and with a claim. A floor is not an addition:
    what it adds depends on the ordinary duty of the goods, so its level, the share of the goods it reaches and the
    column it is measured against stand beside the additions.
#}

{%- set states = [('', 'not measures.is_claimed'), ('_claimed', 'measures.is_claimed')] %}

with measures as (

    select
        duty_set_id,
        content,
        is_claimed,
        rate_component,
        measure_rate,
        net_share,
        rate_column,
        operation in ('floor', 'minimum_total', 'replace') and net_share > 0 as is_floor,
        operation in ('add', 'quota_in', 'quota_over') as is_added
    from {{ ref('int_tariff__duty_set_measures') }}
    where operation <> 'exempt'

)

select
    measures.duty_set_id,
    measures.content,
    {%- for component in components().split() %}
    {%- for state, is_of in states %}
    sum(
        case
            when {{ is_of }} and measures.is_added and measures.rate_component = '{{ component }}'
                then measures.measure_rate * measures.net_share
            else 0
        end
    ) as {{ component }}{{ state }}_added_rate,
    {%- endfor %}
    {%- endfor %}
    {%- for component in floored_components().split() %}
    {%- set component_last = loop.last %}
    {%- for state, is_of in states %}
    {%- set is_floor = is_of ~ " and measures.is_floor and measures.rate_component = '" ~ component ~ "'" %}
    max(case when {{ is_floor }} then measures.measure_rate end) as {{ component }}{{ state }}_floor_rate,
    max(case when {{ is_floor }} then measures.net_share end) as {{ component }}{{ state }}_floor_share,
    max(case when {{ is_floor }} then measures.rate_column end) as {{ component }}{{ state }}_floor_column
    {%- if not (component_last and loop.last) %},{% endif %}
    {%- endfor %}
    {%- endfor %}
from measures
group by measures.duty_set_id, measures.content
