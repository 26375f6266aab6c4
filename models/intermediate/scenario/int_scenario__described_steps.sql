-- Grain: one row a scenario × step.

{%- set named = [
    ('measures', "scope_kind in ('measure', 'programme', 'authority')"),
    ('partners', "scope_kind = 'partner'"),
    ('products', "scope_kind = 'product'")
] %}

with names as (

    select
        scenario_id,
        step_number,
        {%- for column, is_of in named %}
        {{ joined_text(
            "case when " ~ is_of ~ " then concat(case when is_excluded then '-' else '' end, scope_code) end", ';'
        ) }} as {{ column }}{% if not loop.last %},{% endif %}
        {%- endfor %}
    from {{ ref('stg_scenario__scopes') }}
    group by scenario_id, step_number

)

select
    steps.scenario_id,
    steps.step_number,
    steps.stated_operation as operation,
    names.measures,
    coalesce(steps.like_measure_id, steps.programme) as added_like,
    names.partners,
    names.products,
    case when steps.as_on < {{ open_end() }} then steps.as_on end as law_on,
    steps.measure_rate,
    steps.rate_factor,
    steps.why,
    steps.valid_from,
    steps.valid_to
from {{ ref('stg_scenario__steps') }} as steps
left join names on steps.scenario_id = names.scenario_id and steps.step_number = names.step_number
