{#
    From the statements of a duty set to what it adds to the ordinary duty. Sets of the law and of scenarios are
    worked out by the same text: arguments are relations.
#}
{#
    The law of one entry, worked out in pure states: of one part of the value (a metal, or what is not that metal), with
    or without a claim. A statement reaches a share of the goods (reach_share); what an exemption takes out of its
    programme, and what another programme has first by a stacking rule, is taken off that share. An exemption stands
    beside what it takes from, with the share it takes.
#}
{% macro duty_set_measures(statements, rules) -%}
with states as (

    select
        parts.duty_set_id,
        parts.content,
        claims.is_claimed
    from (
        select distinct
            duty_set_id,
            'other' as content
        from {{ statements }}
        union
        select distinct
            duty_set_id,
            content
        from {{ statements }}
        where content is not null
    ) as parts
    cross join (
        select false as is_claimed
        union all
        select true as is_claimed
    ) as claims

),

present as (

    select
        states.duty_set_id,
        states.content,
        states.is_claimed,
        statements.statement_id,
        statements.programme,
        statements.rate_component,
        statements.operation,
        statements.measure_rate,
        statements.rate_column,
        statements.reach_share
    from states
    inner join {{ statements }} as statements
        on states.duty_set_id = statements.duty_set_id
        and (statements.content is null or states.content = statements.content)
        and (
            statements.claim is null
            or (statements.claim = 'claimed' and states.is_claimed)
            or (statements.claim = 'unclaimed' and not states.is_claimed)
        )

),

exempt as (

    select
        duty_set_id,
        content,
        is_claimed,
        programme,
        max(reach_share) as exempt_share
    from present
    where operation = 'exempt'
    group by duty_set_id, content, is_claimed, programme

),

charged as (

    select
        present.duty_set_id,
        present.content,
        present.is_claimed,
        present.statement_id,
        present.programme,
        present.rate_component,
        present.operation,
        present.measure_rate,
        present.rate_column,
        case
            when exempt.exempt_share is null then present.reach_share
            else present.reach_share * (1 - exempt.exempt_share)
        end as charged_share
    from present
    left join exempt
        on present.duty_set_id = exempt.duty_set_id
        and present.content = exempt.content
        and present.is_claimed = exempt.is_claimed
        and present.programme = exempt.programme
    where present.operation <> 'exempt'

),

programme_shares as (

    select
        duty_set_id,
        content,
        is_claimed,
        programme,
        max(charged_share) as charged_share
    from charged
    group by duty_set_id, content, is_claimed, programme

),

whole_shares as (

    select
        duty_set_id,
        is_claimed,
        programme,
        max(charged_share) as charged_share
    from charged
    group by duty_set_id, is_claimed, programme

),

displaced as (

    select
        duty_set_id,
        content,
        is_claimed,
        applies_to_programme,
        max(charged_share) as displaced_share
    from (
        select
            rules.duty_set_id,
            programme_shares.content,
            programme_shares.is_claimed,
            rules.applies_to_programme,
            programme_shares.charged_share
        from {{ rules }} as rules
        inner join programme_shares
            on rules.duty_set_id = programme_shares.duty_set_id
            and rules.yields_to_programme = programme_shares.programme
        where rules.value_share = 'same_part'
        union all
        select
            rules.duty_set_id,
            states.content,
            states.is_claimed,
            rules.applies_to_programme,
            whole_shares.charged_share
        from {{ rules }} as rules
        inner join whole_shares
            on rules.duty_set_id = whole_shares.duty_set_id
            and rules.yields_to_programme = whole_shares.programme
        inner join states
            on whole_shares.duty_set_id = states.duty_set_id
            and whole_shares.is_claimed = states.is_claimed
        where rules.value_share = 'all'
    ) as yielded
    group by duty_set_id, content, is_claimed, applies_to_programme

)

select
    charged.duty_set_id,
    charged.content,
    charged.is_claimed,
    charged.statement_id,
    charged.programme,
    charged.rate_component,
    charged.operation,
    charged.measure_rate,
    charged.rate_column,
    case
        when displaced.displaced_share is null then charged.charged_share
        else charged.charged_share * (1 - displaced.displaced_share)
    end as net_share
from charged
left join displaced
    on charged.duty_set_id = displaced.duty_set_id
    and charged.content = displaced.content
    and charged.is_claimed = displaced.is_claimed
    and charged.programme = displaced.applies_to_programme
union all
select
    duty_set_id,
    content,
    is_claimed,
    statement_id,
    programme,
    rate_component,
    operation,
    measure_rate,
    rate_column,
    reach_share as net_share
from present
where operation = 'exempt'
{%- endmacro %}

{#
    What a set adds to the ordinary duty, component by component, without and with a claim. A floor is not an addition:
    what it adds depends on the ordinary duty of the goods, so its level, the share of the goods it reaches and the
    column it is measured against stand beside the additions.
#}
{% macro duty_set_sums(relation) -%}
    {%- set states = [('', 'not measures.is_claimed'), ('_claimed', 'measures.is_claimed')] %}

with measures as (

    select
        duty_set_id,
        content,
        is_claimed,
        rate_component,
        measure_rate,
        net_share,
        rate_column,
        operation in ('floor', 'minimum_total', 'replace') and net_share > 0 as is_floor,
        operation in ('add', 'quota_in', 'quota_over') as is_added
    from {{ relation }}
    where operation <> 'exempt'

)

select
    measures.duty_set_id,
    measures.content,
    {%- for component in components().split() %}
    {%- for state, is_of in states %}
    sum(
        case
            when {{ is_of }} and measures.is_added and measures.rate_component = '{{ component }}'
                then measures.measure_rate * measures.net_share
            else 0
        end
    ) as {{ component }}{{ state }}_added_rate,
    {%- endfor %}
    {%- endfor %}
    {%- for component in floored_components().split() %}
    {%- set component_last = loop.last %}
    {%- for state, is_of in states %}
    {%- set is_floor = is_of ~ " and measures.is_floor and measures.rate_component = '" ~ component ~ "'" %}
    max(case when {{ is_floor }} then measures.measure_rate end) as {{ component }}{{ state }}_floor_rate,
    max(case when {{ is_floor }} then measures.net_share end) as {{ component }}{{ state }}_floor_share,
    max(case when {{ is_floor }} then measures.rate_column end) as {{ component }}{{ state }}_floor_column
    {%- if not (component_last and loop.last) %},{% endif %}
    {%- endfor %}
    {%- endfor %}
from measures
group by measures.duty_set_id, measures.content
{%- endmacro %}

{#
    Where a set treats the metal in goods apart from the rest, the parts' shares of the value are assumed; what is no
    metal under a measure is the rest. Goods without an assumed share count as wholly metal. Follows a CTE
    of the classes of goods that sets reach; ends the query. `held` has the sets.
#}
{% macro duty_part_shares(classes, held, sums, goods_classes) -%}
metals as (

    select
        classes.product_class_id,
        sets.duty_set_id,
        sets.content,
        shares.content_share,
        count(*) over (partition by classes.product_class_id, sets.duty_set_id) as metal_count,
        cast(
            sum(cast(shares.content_share as decimal(28, 15))) over (
                partition by classes.product_class_id, sets.duty_set_id
            ) as double
        ) as metal_share
    from {{ classes }} as classes
    inner join {{ sums }} as sets
        on classes.duty_set_id = sets.duty_set_id and sets.content <> 'other'
    left join {{ goods_classes }} as shares
        on classes.product_class_id = shares.product_class_id and sets.content = shares.content

),

part_shares as (

    select
        product_class_id,
        duty_set_id,
        content,
        case
            when metal_share is null then cast(1 as double) / metal_count
            when content_share is null then 0
            when metal_share > 1 then cast(content_share as double) / metal_share
            else content_share
        end as part_share
    from metals
    union all
    select
        product_class_id,
        duty_set_id,
        'other' as content,
        case
            when max(metal_share) is null or max(metal_share) > 1 then 0
            else 1 - max(metal_share)
        end as part_share
    from metals
    group by product_class_id, duty_set_id

)

select
    duty_set_id,
    product_class_id,
    content,
    part_share
from part_shares
union all
select
    held.duty_set_id,
    0 as product_class_id,
    'other' as content,
    cast(1 as double) as part_share
from (select distinct duty_set_id from {{ held }}) as held
left join (select distinct duty_set_id from {{ sums }} where content <> 'other') as divided
    on held.duty_set_id = divided.duty_set_id
where divided.duty_set_id is null
{%- endmacro %}

{# What a set adds, weighted by the parts of the value. A part that no measure of the set reaches adds nothing.
    Sums of decimals come out the same in whatever order they are added. #}
{% macro duty_set_rates(parts, sums) -%}
select
    parts.duty_set_id,
    parts.product_class_id,
    {%- for column in duty_columns().split() %}
    {%- if column.endswith('added_rate') or column.endswith('floor_share') %}
    cast(sum(
        cast(case when sets.{{ column }} > 0 then parts.part_share * sets.{{ column }} else 0 end as decimal(28, 15))
    ) as double) as {{ column }}
    {%- else %}
    max(case when parts.part_share > 0 then sets.{{ column }} end) as {{ column }}
    {%- endif %}
    {%- if not loop.last %},{% endif %}
    {%- endfor %}
from {{ parts }} as parts
left join {{ sums }} as sets
    on parts.duty_set_id = sets.duty_set_id
    and parts.content = sets.content
group by parts.duty_set_id, parts.product_class_id
{%- endmacro %}
