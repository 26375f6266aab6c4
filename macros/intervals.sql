{# Intervals [known_from, known_to) and [valid_from, valid_to): half-open, an open end is 9999-12-31, never NULL. #}

{% macro open_end() -%}
    date '9999-12-31'
{%- endmacro %}


{# Rows that agree in all of `columns` and follow each other without a gap become one row. #}
{% macro merged_known_runs(relation, columns) -%}
    {%- set listed = columns | join(', ') -%}
    select
        {{ listed }},
        min(known_from) as known_from,
        max(known_to) as known_to
    from (
        select
            {{ listed }},
            known_from,
            known_to,
            sum(starts_run) over (
                partition by {{ listed }} order by known_from rows between unbounded preceding and current row
            ) as run_number
        from (
            select
                {{ listed }},
                known_from,
                known_to,
                case
                    when lag(known_to) over (partition by {{ listed }} order by known_from) = known_from then 0
                    else 1
                end as starts_run
            from {{ relation }}
        ) as marked
    ) as numbered
    group by {{ listed }}, run_number
{%- endmacro %}


{#
    What a run of equal statements says on two clocks. While it stands it says: so from valid_from on. Once it has been
    replaced or dropped we know that it held until then, and know so for good.
#}
{% macro both_clocks(relation, columns) -%}
    {%- set listed = columns | join(', ') -%}
    select
        {{ listed }},
        valid_from,
        {{ open_end() }} as valid_to,
        known_from,
        known_to
    from {{ relation }}
    union all
    select
        {{ listed }},
        valid_from,
        known_to as valid_to,
        known_to as known_from,
        {{ open_end() }} as known_to
    from {{ relation }}
    where known_to < {{ open_end() }}
{%- endmacro %}
