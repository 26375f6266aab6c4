{# Tests of what one row is. Each reads its table once. #}

{#
    The columns of the grain are never NULL, and together they identify a row. `always_stated` names further columns
    that are never NULL.
#}
{% test unique_combination(model, columns, always_stated=[]) %}
    {%- set listed = columns | join(', ') %}
    select
        {{ listed }},
        count(*) as row_count
    from {{ model }}
    group by {{ listed }}
    having
        count(*) > 1
        {%- for column in columns + always_stated %}
        or count({{ column }}) < count(*)
        {%- endfor %}
{% endtest %}


{#
    Amounts that were not stated have not become zero: a column of which nothing is stated in a group of rows (a flow, a
    level) has no value there, so not a zero either.
#}
{% test not_zero_filled(model, column_name, where_never_stated) %}
    select {{ column_name }}
    from {{ model }}
    where {{ column_name }} is not null and {{ where_never_stated }}
{% endtest %}


{# A fraction of something: where it is stated, its numerator and denominator are, and the denominator is not zero. #}
{% test null_where_undefined(model, column_name, denominator) %}
    select
        {{ column_name }},
        {{ denominator }}
    from {{ model }}
    where ({{ denominator }} is null or {{ denominator }} = 0) and {{ column_name }} is not null
{% endtest %}


{# No row meets the condition. #}
{% test nothing_where(model, condition) %}
    select *
    from {{ model }}
    where {{ condition }}
{% endtest %}


{# Where the column names a rule of a list, it names one that is known: by its citation, or by its document number. #}
{% test names_a_rule(model, column_name) %}
    select named.{{ column_name }}
    from {{ model }} as named
    left join {{ ref('stg_list_rules__rules') }} as rules
        on named.{{ column_name }} = rules.rule_citation or named.{{ column_name }} = rules.document_number
    where named.{{ column_name }} is not null
    group by named.{{ column_name }}
    having count(distinct rules.rule_citation) <> 1
{% endtest %}


{# The shares of each key add up to one, to the billionth; a key whose shares are not stated has none. #}
{% test shares_add_up_to_one(model, key, share) %}
    select
        {{ key | join(',\n        ') }},
        sum(cast(round({{ share }} * 1000000000) as bigint)) as billionths
    from {{ model }}
    group by {{ key | join(', ') }}
    having sum(cast(round({{ share }} * 1000000000) as bigint)) <> 1000000000
{% endtest %}
