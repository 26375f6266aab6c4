{# What a rate text comes to as a fraction of customs value. #}

{#
    texts: the reading of a text (stg_rates); unit_values: the value of one unit of its measured amount. NULL where the
    text states no duty, or nothing was measured.
#}
{% macro rate_of_value(texts, unit_values) -%}
    case
        when {{ texts }}.kind in ('free', 'ad_valorem') then {{ texts }}.ad_valorem_rate
        when {{ texts }}.measured_amount is not null
            then
                {{ texts }}.whole_value_rate
                + cast({{ texts }}.measured_amount as double) / cast({{ unit_values }}.unit_value_usd as double)
    end
{%- endmacro %}


{# How it was come by: as printed, as an equivalent (and measured on which part of the schedule), or not at all. #}
{% macro rate_basis(texts, unit_values) -%}
    case
        when {{ texts }}.kind in ('free', 'ad_valorem') then {{ texts }}.kind
        when {{ texts }}.measured_amount is not null and {{ unit_values }}.unit_value_usd is not null
            then {{ unit_values }}.basis
        else 'not_computable'
    end
{%- endmacro %}
