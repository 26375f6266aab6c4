{#
    What a set of measures adds to the ordinary duty of one cell (a product from a partner), in one text: the models use
    it, and so do the macros and views of the released file. Nothing of dbt's may be used here.

    A set's columns are, for each component of the rate, <component>_added_rate, and for those that may have a floor
    <component>_floor_rate, _floor_share and _floor_column; each twice, without and with a claim
    (<component>_claimed_…).
#}

{% macro components() -%}
    s232 s301 s201 ieepa_reciprocal ieepa_fentanyl ieepa_other s122 s338 other
{%- endmacro %}

{% macro floored_components() -%}
    s232 s301 ieepa_reciprocal other
{%- endmacro %}

{# The columns of a set, with a blank between. #}
{% macro duty_columns() -%}
    {%- for component in components().split() -%}
        {{ component }}_added_rate {{ component }}_claimed_added_rate{{ ' ' }}
    {%- endfor -%}
    {%- for component in floored_components().split() -%}
        {%- for state in ['', '_claimed'] -%}
            {{ component }}{{ state }}_floor_rate {{ component }}{{ state }}_floor_share{{ ' ' }}
            {{- component }}{{ state }}_floor_column{{ ' ' }}
        {%- endfor -%}
    {%- endfor -%}
{%- endmacro %}


{#
    The duty a floor is measured against. `charged`: what the goods pay in this state; `special`: with their preference,
    whoever claims it; otherwise column 1 general.
#}
{% macro floor_base(column, charged) -%}
    case
        when {{ column }} = 'charged' then {{ charged }}
        when {{ column }} = 'special' then charged_claimed_rate
        when {{ column }} = 'other' then column2_rate
        else general_rate
    end
{%- endmacro %}


{# What one component adds in one state. A floor over a duty that cannot be computed adds what cannot be computed. #}
{% macro component_rate(component, state, charged) -%}
    {%- set name = component ~ state -%}
    {{ name }}_added_rate
    {%- if component in floored_components().split() %}
    {%- set base = floor_base(name ~ '_floor_column', charged) | indent(8) %}
    + case
        when {{ name }}_floor_share > 0 and {{ base }} >= {{ name }}_floor_rate then 0
        when {{ name }}_floor_share > 0 then {{ name }}_floor_share * ({{ name }}_floor_rate - {{ base }})
        else 0
    end
    {%- endif %}
{%- endmacro %}


{#
    Two CTEs, `charged` and `worked`: `cells` has a set's columns beside general_rate, special_rate (the best preference
    open to the cell, NULL where none), column2_rate, pays_column2 and claim_share; `keys` passes through.
#}
{% macro worked_cells(keys, cells='cells') -%}
charged as (

    select
        *,
        case when pays_column2 then column2_rate else general_rate end as charged_rate,
        case
            when pays_column2 then column2_rate
            when special_rate is not null and (general_rate is null or special_rate < general_rate) then special_rate
            else general_rate
        end as charged_claimed_rate
    from {{ cells }}

),

worked as (

    select
        {{ keys | join(',\n        ') }},
        general_rate,
        special_rate,
        column2_rate,
        pays_column2,
        claim_share,
        charged_rate,
        charged_claimed_rate,
        {%- for component in components().split() %}
        {{ component_rate(component, '', 'charged_rate') | indent(8) }} as {{ component }}_unclaimed_rate,
        {{ component_rate(component, '_claimed', 'charged_claimed_rate') | indent(8) }} as {{ component }}_claimed_rate
        {%- if not loop.last %},{% endif %}
        {%- endfor %}
    from charged

)
{%- endmacro %}


{# One rate as expected: without and with a claim, by the share that claims. A state nobody is in has no say. #}
{% macro expected(unclaimed, claimed) -%}
    case
        when claim_share = 0 then {{ unclaimed }}
        when claim_share = 1 then {{ claimed }}
        else (1 - claim_share) * {{ unclaimed }} + claim_share * {{ claimed }}
    end
{%- endmacro %}

{# The total in one state. #}
{% macro total_rate(charged, state) -%}
    {{ charged }}
    {%- for component in components().split() %} + {{ component }}_{{ state }}_rate{% endfor %}
{%- endmacro %}
