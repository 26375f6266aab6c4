-- Grain: one row a weight year × partner × NAICS sector × interval between two changes of its duty.

{%- set ordered = 'partition by weight_year, partner_code, naics3 order by changed_on' %}
{%- set to_date = 'rows between unbounded preceding and current row' %}

-- noqa: disable=layout.indent
with changes as (

    select
        weight_year,
        partner_code,
        naics3,
        changed_on,
        value_change_usd,
        unclaimed_change_usd,
        base_change_usd
        {%- for component in components().split() %}
        + {{ component }}_change_usd
        {%- endfor %} as expected_change_usd
    from {{ ref('int_tariff__weighted_sums') }}
    where is_all_partners = 0 and is_all_sectors = 0 and naics3 is not null

)

select
    weight_year,
    partner_code,
    'NAICS3' as product_level,
    naics3 as product_code,
    changed_on as valid_from,
    lead(changed_on, 1, {{ open_end() }}) over ({{ ordered }}) as valid_to,
    cast(round(sum(value_change_usd) over ({{ ordered }} {{ to_date }}), 0) as bigint) as import_value_consumption_usd,
    cast(sum(expected_change_usd) over ({{ ordered }} {{ to_date }}) as double) as expected_duty_usd,
    cast(sum(unclaimed_change_usd) over ({{ ordered }} {{ to_date }}) as double) as unclaimed_duty_usd
from changes
