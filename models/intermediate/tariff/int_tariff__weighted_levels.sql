-- Grain: one row a weight year × margin × interval between two changes of its duty.

{#
    Running sums of the changes: what the margin's trade would pay in the interval, component by component. Sectors of
    one partner are in int_tariff__weighted_sector_levels.
#}

{%- set parts = ['base'] + components().split() + ['unclaimed'] %}
{%- set ordered = 'partition by weight_year, partner_code, product_level, product_code order by changed_on' %}

-- noqa: disable=layout.indent
with margins as (

    select
        weight_year,
        changed_on,
        case when is_all_partners = 1 then 'ALL' else partner_code end as partner_code,
        case
            when is_all_chapters = 0 then 'HS2'
            when is_all_sectors = 0 then 'NAICS3'
            else 'ALL'
        end as product_level,
        case
            when is_all_chapters = 0 then chapter
            when is_all_sectors = 0 then naics3
            else 'ALL'
        end as product_code,
        value_change_usd,
        squared_change_usd
        {%- for part in parts %},
        {{ part }}_change_usd
        {%- endfor %}
    from {{ ref('int_tariff__weighted_sums') }}
    where is_all_partners = 1 or is_all_sectors = 1

)

select
    weight_year,
    partner_code,
    product_level,
    product_code,
    changed_on as valid_from,
    lead(changed_on, 1, {{ open_end() }}) over ({{ ordered }}) as valid_to,
    cast(
        round(sum(value_change_usd) over ({{ ordered }} rows between unbounded preceding and current row), 0) as bigint
    ) as import_value_consumption_usd,
    cast(
        sum(squared_change_usd) over ({{ ordered }} rows between unbounded preceding and current row) as double
    ) as squared_rate_value_usd
    {%- for part in parts %},
    cast(
        sum({{ part }}_change_usd) over ({{ ordered }} rows between unbounded preceding and current row) as double
    ) as {{ part }}_duty_usd
    {%- endfor %}
from margins
where product_code is not null
