-- Grain: one row a partner × treatment × class of goods × valid interval × known interval.

{# What one year's trade of a treatment would pay a year, by what is known of the law in each known interval. #}

with column2 as (

    select
        partner_code,
        valid_from,
        valid_to
    from {{ ref('int_partner__groups') }}
    where group_code = 'COLUMN2'

),

held as (

    select
        means.partner_code,
        means.treatment_id,
        means.product_class_id,
        means.value_usd,
        means.general_rate,
        means.special_rate,
        means.column2_rate,
        means.claim_share,
        sets.duty_set_id,
        case when sets.valid_from > means.valid_from then sets.valid_from else means.valid_from end as valid_from,
        case when sets.valid_to < means.valid_to then sets.valid_to else means.valid_to end as valid_to,
        sets.known_from,
        sets.known_to
    from {{ ref('int_tariff__mean_cells') }} as means
    inner join {{ ref('int_tariff__treatment_duty_sets') }} as sets
        on means.treatment_id = sets.treatment_id
        and means.valid_from < sets.valid_to
        and means.valid_to > sets.valid_from
    cross join (select max(first_on) as last_on from {{ ref('int_tariff__belief_days') }}) as last_day
    where
        sets.valid_from <= last_day.last_on
        and means.valid_from <= last_day.last_on
        and (sets.known_from > {{ always() }} or sets.known_to < {{ open_end() }})

),

cells as (

    select
        held.partner_code,
        held.treatment_id,
        held.product_class_id,
        held.value_usd,
        held.general_rate,
        held.special_rate,
        held.column2_rate,
        held.claim_share,
        held.valid_from,
        held.valid_to,
        held.known_from,
        held.known_to,
        {% for column in duty_columns().split() -%}
        rates.{{ column }},
        {% endfor -%}
        column2.partner_code is not null as pays_column2
    from held
    inner join {{ ref('int_tariff__duty_rates') }} as rates
        on held.duty_set_id = rates.duty_set_id
        and held.product_class_id = rates.product_class_id
    left join column2
        on held.partner_code = column2.partner_code
        and held.valid_from >= column2.valid_from
        and held.valid_from < column2.valid_to

),

{{ worked_cells([
    'partner_code', 'treatment_id', 'product_class_id', 'value_usd', 'valid_from', 'valid_to', 'known_from', 'known_to'
]) }}

select
    partner_code,
    treatment_id,
    product_class_id,
    valid_from,
    valid_to,
    known_from,
    known_to,
    cast(
        value_usd * (
            {{ expected(
                '(' ~ total_rate('charged_rate', 'unclaimed') ~ ')',
                '(' ~ total_rate('charged_claimed_rate', 'claimed') ~ ')'
            ) }}
        ) as decimal(28, 4)
    ) as duty_usd
from worked
