{# Intervals [known_from, known_to) and [valid_from, valid_to): half-open, an open end is 9999-12-31, never NULL. #}

{% macro open_end() -%}
    date '9999-12-31'
{%- endmacro %}

{# Before any date law or trade states. #}
{% macro always() -%}
    date '1900-01-01'
{%- endmacro %}


{# Rows that agree in all of `columns` and follow each other without a gap on one clock become one row. #}
{% macro merged_runs(relation, columns, clock) -%}
    {%- set listed = columns | join(', ') -%}
    select
        {{ listed }},
        min({{ clock }}_from) as {{ clock }}_from,
        max({{ clock }}_to) as {{ clock }}_to
    from (
        select
            {{ listed }},
            {{ clock }}_from,
            {{ clock }}_to,
            sum(starts_run) over (
                partition by {{ listed }} order by {{ clock }}_from rows between unbounded preceding and current row
            ) as run_number
        from (
            select
                {{ listed }},
                {{ clock }}_from,
                {{ clock }}_to,
                case
                    when
                        lag({{ clock }}_to) over (partition by {{ listed }} order by {{ clock }}_from)
                        = {{ clock }}_from then 0
                    else 1
                end as starts_run
            from {{ relation }}
        ) as marked
    ) as numbered
    group by {{ listed }}, run_number
{%- endmacro %}

{% macro merged_known_runs(relation, columns) -%}
    {{ merged_runs(relation, columns, 'known') }}
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


{#
    Statements of the schedule with their valid time: from the day of the edition that began to say so. The first
    edition held says nothing of when it began; it is carried back to the beginning of its year.
#}
{% macro valid_from_edition(relation, columns) -%}
    select
        {{ columns | join(',\n        ') }},
        case
            when known_from = first_edition_on
                then cast(cast(extract(year from known_from) as string) || '-01-01' as date)
            else known_from
        end as valid_from,
        known_from,
        known_to
    from (
        select
            {{ columns | join(',\n            ') }},
            known_from,
            known_to,
            min(known_from) over () as first_edition_on
        from {{ relation }}
    ) as dated
{%- endmacro %}
