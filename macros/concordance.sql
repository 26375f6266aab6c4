{# Shares of a source code over its targets, exact to the billionth. #}

{#
    Rows of `relation` with `amount` replaced by weight_share: the row's part of its key's amounts, in billionths that
    add up to exactly one for each key (largest remainder; ties go to the lower `target`). Every key has an amount.
#}
{% macro with_weight_share(relation, columns, key, target, amount) -%}
    {%- set keys = key | join(', ') -%}
    {%- set listed = columns | join(',\n    ') -%}
    select
        {{ listed }},
        cast(billionths_given as double) / cast(1000000000 as double) as weight_share
    from (
        select
            {{ listed }},
            whole_billionths
            + case when remainder_place <= 1000000000 - whole_of_key then 1 else 0 end as billionths_given
        from (
            select
                {{ listed }},
                whole_billionths,
                sum(whole_billionths) over (partition by {{ keys }}) as whole_of_key,
                row_number() over (
                    partition by {{ keys }}
                    order by billionths - cast(whole_billionths as double) desc, {{ target }} asc
                ) as remainder_place
            from (
                select
                    {{ listed }},
                    billionths,
                    cast(floor(billionths) as bigint) as whole_billionths
                from (
                    select
                        {{ listed }},
                        cast({{ amount }} as double) / cast(sum({{ amount }}) over (partition by {{ keys }}) as double)
                        * cast(1000000000 as double) as billionths
                    from {{ relation }}
                ) as parts
            ) as floored
        ) as ranked
    ) as given
{%- endmacro %}
