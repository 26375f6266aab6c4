{# Steps of a ladder of rates: the columns of one row a period become one row a step. #}

{#
    The CTE `steps` beside the names it needs: every step of every row of `ladder`, with its rate and the level it
    starts from. steps: (name, whether it is a level, its rate, the level before it or none, the column that names the
    grain of its weights or none).
#}
{% macro step_ctes(ladder, steps) -%}
-- One look at the ladder for all steps: each branch of a union would work it out anew where CTEs are not kept.
step_names as (
    {%- for step, is_level, rate, from_rate, grain in steps %}
    select
        '{{ step }}' as step,
        {{ loop.index }} as step_order,
        {{ is_level }} as is_level
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}

),

steps as (

    select
        ladder.period_start,
        ladder.period_months,
        ladder.partner_code,
        step_names.step,
        step_names.step_order,
        step_names.is_level,
        case step_names.step
            {%- for step, is_level, rate, from_rate, grain in steps %}
            when '{{ step }}' then cast({{ rate }} as decimal(24, 12))
            {%- endfor %}
        end as step_rate,
        case step_names.step
            {%- for step, is_level, rate, from_rate, grain in steps if from_rate %}
            when '{{ step }}' then cast({{ from_rate }} as decimal(24, 12))
            {%- endfor %}
            else cast(0 as decimal(24, 12))
        end as from_rate,
        ladder.weight_year,
        case step_names.step
            {%- for step, is_level, rate, from_rate, grain in steps if grain %}
            when '{{ step }}' then ladder.{{ grain }}
            {%- endfor %}
        end as weights_grain,
        case step_names.step
            when 'residual' then ladder.untold
            when 'receipts' then ladder.untold_receipts
        end as also_contains,
        case
            when step_names.step in ('receipts', 'refunds', 'collected') then ladder.receipt_source
        end as receipt_source,
        ladder.import_value_consumption_usd
    from {{ ladder }} as ladder
    cross join step_names

)
{%- endmacro %}
