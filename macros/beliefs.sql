{#
    The CTE `summed` (day × partner, or ALL × day of knowledge: what begins to be believed of the day then, less what
    ends to be), beside those it needs. sums: int_tariff__belief_sums; days: relation with the days asked about in its
    column of the name `day`.
#}
{% macro belief_change_ctes(sums, days, day) -%}
dated as (

    select
        days.{{ day }},
        held.partner_code,
        held.known_from,
        held.known_to,
        sum(held.duty_usd) as duty_usd
    from {{ sums }} as held
    inner join {{ days }} as days
        on held.valid_from <= days.{{ day }}
        and held.valid_to > days.{{ day }}
    group by days.{{ day }}, held.partner_code, held.known_from, held.known_to

),

changes as (

    select
        {{ day }},
        partner_code,
        known_from as known_on,
        duty_usd as change_usd
    from dated
    where known_from > {{ always() }}
    union all
    select
        {{ day }},
        partner_code,
        known_to as known_on,
        -duty_usd as change_usd
    from dated
    where known_to < {{ open_end() }}

),

summed as (

    select
        {{ day }},
        case when grouping(partner_code) = 1 then 'ALL' else partner_code end as partner_code,
        known_on,
        sum(change_usd) as change_usd
    from changes
    group by grouping sets (({{ day }}, partner_code, known_on), ({{ day }}, known_on))

)
{%- endmacro %}
