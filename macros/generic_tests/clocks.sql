{# Tests of intervals: half-open, never two rows for one key at one moment, nothing lost on the way. #}

{# On each clock (valid, known) begin and end are stated, and the end lies after the beginning. #}
{% test half_open_intervals(model, clocks) %}
    select *
    from {{ model }}
    where
        {%- for clock in clocks %}
        {{ clock }}_from is null or {{ clock }}_to is null or {{ clock }}_from >= {{ clock }}_to
        {%- if not loop.last %} or{% endif %}
        {%- endfor %}
{% endtest %}


{# No two rows of one key hold at one valid day as known on one day. #}
{% test no_overlap_on_both_clocks(model, key) %}
    select
        one.{{ key | join(',\n        one.') }},
        one.valid_from,
        one.known_from
    from {{ model }} as one
    inner join {{ model }} as another
        on {% for column in key %}one.{{ column }} = another.{{ column }}
        and {% endfor %}one.valid_from < another.valid_to
        and another.valid_from < one.valid_to
        and one.known_from < another.known_to
        and another.known_from < one.known_to
        and (one.valid_from <> another.valid_from or one.known_from <> another.known_from)
{% endtest %}


{# No two rows of one key overlap on the one clock the table has. #}
{% test no_overlap(model, key, clock) %}
    {%- set listed = key | join(', ') %}
    select *
    from (
        select
            {{ listed }},
            {{ clock }}_from,
            lag({{ clock }}_to) over (partition by {{ listed }} order by {{ clock }}_from) as previous_end
        from {{ model }}
    ) as ordered
    where previous_end > {{ clock }}_from
{% endtest %}


{#
    The same number of known days as in another relation, key by key: joins on the way lost and doubled nothing.
    `key` and `other_key` are expressions; rows of the other relation whose key is not `other_where` do not count.
#}
{% test same_known_days(model, key, other, other_key, other_where) %}
    with here as (
        select
            {{ key }} as compared_key,
            sum({{ days_between('known_from', 'known_to') }}) as day_count
        from {{ model }}
        group by {{ key }}
    ),
    there as (
        select
            {{ other_key }} as compared_key,
            sum({{ days_between('known_from', 'known_to') }}) as day_count
        from {{ other }}
        where {{ other_where }}
        group by {{ other_key }}
    )
    select
        there.compared_key,
        here.day_count as days_here,
        there.day_count as days_there
    from there
    full outer join here on there.compared_key = here.compared_key
    where here.day_count is null or there.day_count is null or here.day_count <> there.day_count
{% endtest %}
