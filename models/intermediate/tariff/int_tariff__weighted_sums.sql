-- Grain: one row a weight year × margin (partner, chapter, NAICS sector, or all) × day on which its duty changes.

{{ config(materialized='table') }}

{#
    Duty at fixed weights as sums of changes: what a cell pays is added on the first day of its interval and taken off
    on the day it ends, so that every margin is a running sum over the days on which something changed. Sums are of
    decimals, which come out the same in whatever order they are added. A cell whose duty cannot be computed counts for
    nothing while it cannot: neither its duty nor its value.
#}

{%- set parts = ['base'] + components().split() %}
{%- set is_computable = parts | join('_rate + ') ~ '_rate is not null' %}

with sectors as (

    select
        hts10,
        substr(min(naics), 1, 3) as naics3
    from {{ ref('stg_census_import_concordance__products') }}
    where naics is not null
    group by hts10

),

changes as (

    select
        hts10,
        partner_code,
        valid_from as changed_on,
        cast(1 as double) as is_counted,
        {%- for part in parts %}
        {{ part }}_rate{% if not loop.last %},{% endif %}
        {%- endfor %}
    from {{ ref('int_tariff__weighted_duties') }}
    where {{ is_computable }}
    union all
    select
        hts10,
        partner_code,
        valid_to as changed_on,
        cast(-1 as double) as is_counted,
        {%- for part in parts %}
        -{{ part }}_rate as {{ part }}_rate{% if not loop.last %},{% endif %}
        {%- endfor %}
    from {{ ref('int_tariff__weighted_duties') }}
    where {{ is_computable }} and valid_to < {{ open_end() }}

),

weighed as (

    select
        weights.weight_year,
        changes.changed_on,
        weights.partner_code,
        substr(weights.hts10, 1, 2) as chapter,
        sectors.naics3,
        {% for part in parts -%}
        cast(changes.{{ part }}_rate * weights.import_value_consumption_usd as decimal(28, 4)) as {{ part }}_usd,
        {% endfor -%}
        cast(changes.is_counted * weights.import_value_consumption_usd as decimal(28, 4)) as value_usd
    from changes
    inner join {{ ref('int_tariff__weights') }} as weights
        on changes.hts10 = weights.hts10
        and changes.partner_code = weights.partner_code
    left join sectors on weights.hts10 = sectors.hts10

)

select
    weight_year,
    changed_on,
    partner_code,
    chapter,
    naics3,
    grouping(partner_code) as is_all_partners,
    grouping(chapter) as is_all_chapters,
    grouping(naics3) as is_all_sectors,
    {% for part in parts -%}
    sum({{ part }}_usd) as {{ part }}_change_usd,
    {% endfor -%}
    sum(value_usd) as value_change_usd
from weighed
group by grouping sets (
    (weight_year, changed_on, partner_code),
    (weight_year, changed_on, chapter),
    (weight_year, changed_on, naics3),
    (weight_year, changed_on)
)
