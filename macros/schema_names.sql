{# Schemas are called what the project calls them: core, policy_events, staging; no target prefix before them. #}

{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ (custom_schema_name or target.schema) | trim }}
{%- endmacro %}
