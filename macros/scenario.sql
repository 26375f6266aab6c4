{#
    Whether a step of a scenario reaches a group: it names neither goods nor partners, or stands in the group's keys
    (int_scenario__keyed_lines). `steps`, `groups`: names of relations.
#}
{% macro step_is_in_key(steps, key) -%}
    concat(',', {{ key }}, ',') like concat('%,', cast({{ steps }}.step_number as string), ',%')
{%- endmacro %}

{% macro step_is_in_keys(steps, groups) -%}
    {{ step_is_in_key(steps, groups ~ '.goods_key') }}
        and {{ step_is_in_key(steps, groups ~ '.partners_key') }}
{%- endmacro %}

{% macro step_reaches(steps, groups) -%}
    (
            ({{ steps }}.operation <> 'add' and not {{ steps }}.names_goods)
            or {{ step_is_in_key(steps, groups ~ '.goods_key') }}
        )
        and (
            ({{ steps }}.operation <> 'add' and not {{ steps }}.names_partners)
            or {{ step_is_in_key(steps, groups ~ '.partners_key') }}
        )
{%- endmacro %}


{#
    Duty on a group's trade on one side, law or scenario: by the share that claims, as `expected` has it of one cell.
    `weighted`, `duties`: int_scenario__weighted_groups and int_scenario__set_duties.
#}
{% macro expected_duty(side) -%}
    case
            when weighted.{{ side }}_claiming = 'none'
                then cast(weighted.value_usd as double) * duties.{{ side }}_unclaimed_rate
            when weighted.{{ side }}_claiming = 'all'
                then cast(weighted.value_usd as double) * duties.{{ side }}_claimed_rate
            else
                cast(weighted.value_usd - weighted.{{ side }}_claimed_value_usd as double)
                * duties.{{ side }}_unclaimed_rate
                + cast(weighted.{{ side }}_claimed_value_usd as double) * duties.{{ side }}_claimed_rate
        end
{%- endmacro %}

{# Whether nobody, everybody or some claim, which decides what of a duty has a say. #}
{% macro claiming(share) -%}
    case when {{ share }} = 0 then 'none' when {{ share }} = 1 then 'all' else 'some' end
{%- endmacro %}
