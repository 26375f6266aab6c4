{# What the trade models share: the measures of each flow, and the rules about figures. #}

{% macro import_measures() -%}
    {{ return([
        'import_value_consumption_usd', 'import_value_general_usd', 'dutiable_value_usd', 'calculated_duty_usd',
        'import_charges_usd',
    ]) }}
{%- endmacro %}

{% macro export_measures() -%}
    {{ return(['export_value_fas_usd']) }}
{%- endmacro %}


{# Imports and exports under each other. A measure of the other flow is NULL: it does not apply. #}
{% macro union_of_flows(imports, exports, area_column) -%}
    {%- for flow, relation, own in [('import', imports, import_measures()), ('export', exports, export_measures())] %}
    select
        '{{ flow }}' as flow,
        product_level,
        {{ area_column }},
        product_code,
        period_start,
        period_months,
        {%- for measure in import_measures() + export_measures() %}
        {% if measure in own %}{{ measure }}{% else %}cast(null as bigint) as {{ measure }}{% endif %},
        {%- endfor %}
        quantity_1,
        quantity_1_unit,
        known_from,
        known_to,
        raw_file
    from {{ relation }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
{%- endmacro %}


{# Census revises a year's months every June of the year after. What was stated before that June is provisional. #}
{% macro is_provisional(known_from, period_start) -%}
    extract(year from {{ known_from }}) * 12 + extract(month from {{ known_from }})
        < (extract(year from {{ period_start }}) + 1) * 12 + 6
{%- endmacro %}


{# Ratio of two amounts as a fraction; NULL where either is not stated or nothing is below the line. #}
{% macro ratio(above, below) -%}
    case when {{ below }} <> 0 then cast({{ above }} as double) / cast({{ below }} as double) end
{%- endmacro %}


{# Sum over rows that all state the amount; NULL as soon as one row does not, for a part is not the whole. #}
{% macro complete_sum(amount) -%}
    case when count(*) = count({{ amount }}) then cast(sum({{ amount }}) as bigint) end
{%- endmacro %}


{#
    Levels that each split all goods of a flow without remainder or overlap, best first, for adding up to a total: the
    months of NAICS3 and of NAICS6 agree to the dollar. HS4 and HS6 are held for some products only. `ALL` is a total
    the publisher states itself.
#}
{% macro level_preference(product_level, product_code) -%}
    case
        when {{ product_code }} = 'ALL' then 0
        when {{ product_level }} in ('HTS10', 'SB10') then 1
        when {{ product_level }} = 'HS2' then 2
        when {{ product_level }} = 'NAICS3' then 3
        when {{ product_level }} = 'NAICS6' then 4
    end
{%- endmacro %}
