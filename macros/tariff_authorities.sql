{#
    Duty at fixed weights by authority, under each other: of `relation`, whose columns are those of fct_weighted_duty.
    BASE is the ordinary duty, ALL the whole.
#}
{% macro duties_by_authority(relation) -%}
    {%- set authorities = {
        'BASE': ['base'], 'S232': ['s232'], 'S301': ['s301'], 'S201': ['s201'],
        'IEEPA': ['ieepa_reciprocal', 'ieepa_fentanyl', 'ieepa_other'],
        'S122': ['s122'], 'S338': ['s338'], 'OTHER': ['other'], 'ALL': ['base'] + components().split()
    } -%}
    {%- for authority, parts in authorities.items() %}
    select
        weight_year,
        partner_code,
        product_level,
        product_code,
        '{{ authority }}' as authority,
        valid_from,
        valid_to,
        {% for part in parts %}{{ part }}_duty_usd{% if not loop.last %} + {% endif %}{% endfor %} as duty_usd,
        import_value_consumption_usd
    from {{ relation }}
        {%- if not loop.last %}
    union all
        {%- endif %}
    {%- endfor %}
{%- endmacro %}


{# The whole duty: all components of a row of fct_weighted_duty. #}
{% macro whole_duty() -%}
    base_duty_usd
    {%- for component in components().split() %} + {{ component }}_duty_usd{% endfor %}
{%- endmacro %}
