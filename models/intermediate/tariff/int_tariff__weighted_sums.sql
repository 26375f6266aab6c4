-- Grain: one row a weight year × margin (partner, chapter, sector, partner × sector, or all) × day its duty changes.

{{ config(materialized='table') }}

{#
    Duty at fixed weights as sums of changes: what a cell pays is added on the first day of its interval and taken off
    on the day it ends, so that every margin is a running sum over the days on which something changed. Sums are of
    decimals, which come out the same in whatever order they are added: margins may be added up from finer ones. A cell
    whose duty cannot be computed counts for nothing while it cannot: neither its duty nor its value; one that can be
    computed only as claimed counts as claimed. `squared` is value × rate².
#}

{%- set parts = ['base'] + components().split() %}
{%- set sums = parts + ['unclaimed', 'squared'] %}
{%- set whole_rate = parts | join('_rate + ') ~ '_rate' %}

-- noqa: disable=layout.indent
with changes as (

    select
        hts10,
        partner_code,
        valid_from as changed_on,
        cast(1 as double) as is_counted,
        {%- for part in parts %}
        {{ part }}_rate,
        {%- endfor %}
        unclaimed_rate,
        {{ whole_rate }} as whole_rate
    from {{ ref('int_tariff__weighted_duties') }}
    where {{ whole_rate }} is not null
    union all
    select
        hts10,
        partner_code,
        valid_to as changed_on,
        cast(-1 as double) as is_counted,
        {%- for part in parts %}
        {{ part }}_rate,
        {%- endfor %}
        unclaimed_rate,
        {{ whole_rate }} as whole_rate
    from {{ ref('int_tariff__weighted_duties') }}
    where {{ whole_rate }} is not null and valid_to < {{ open_end() }}

),

weighed as (

    select
        weights.weight_year,
        changes.changed_on,
        weights.partner_code,
        substr(weights.hts10, 1, 2) as chapter,
        sectors.naics3,
        {% for part in parts -%}
        cast(
            changes.is_counted * changes.{{ part }}_rate * weights.import_value_consumption_usd as decimal(28, 4)
        ) as {{ part }}_usd,
        {% endfor -%}
        cast(
            changes.is_counted
            * coalesce(changes.unclaimed_rate, changes.whole_rate)
            * weights.import_value_consumption_usd as decimal(28, 4)
        ) as unclaimed_usd,
        cast(
            changes.is_counted * changes.whole_rate * changes.whole_rate * weights.import_value_consumption_usd
            as decimal(28, 4)
        ) as squared_usd,
        cast(changes.is_counted * weights.import_value_consumption_usd as decimal(28, 4)) as value_usd
    from changes
    inner join {{ ref('int_tariff__weights') }} as weights
        on changes.hts10 = weights.hts10
        and changes.partner_code = weights.partner_code
    left join {{ ref('int_product__sectors') }} as sectors on weights.hts10 = sectors.hts10

),

finest as (

    select
        weight_year,
        changed_on,
        partner_code,
        chapter,
        naics3,
        grouping(chapter) as is_all_chapters,
        {% for part in sums -%}
        sum({{ part }}_usd) as {{ part }}_usd,
        {% endfor -%}
        sum(value_usd) as value_usd
    from weighed
    group by grouping sets (
        (weight_year, changed_on, partner_code, naics3),
        (weight_year, changed_on, chapter)
    )

)

select
    weight_year,
    changed_on,
    partner_code,
    cast(null as string) as chapter,
    naics3,
    grouping(partner_code) as is_all_partners,
    1 as is_all_chapters,
    grouping(naics3) as is_all_sectors,
    {% for part in sums -%}
    sum({{ part }}_usd) as {{ part }}_change_usd,
    {% endfor -%}
    sum(value_usd) as value_change_usd
from finest
where is_all_chapters = 1
group by grouping sets (
    (weight_year, changed_on, partner_code, naics3),
    (weight_year, changed_on, partner_code),
    (weight_year, changed_on, naics3),
    (weight_year, changed_on)
)
union all
select
    weight_year,
    changed_on,
    partner_code,
    chapter,
    naics3,
    1 as is_all_partners,
    0 as is_all_chapters,
    1 as is_all_sectors,
    {% for part in sums -%}
    {{ part }}_usd as {{ part }}_change_usd,
    {% endfor -%}
    value_usd as value_change_usd
from finest
where is_all_chapters = 0
