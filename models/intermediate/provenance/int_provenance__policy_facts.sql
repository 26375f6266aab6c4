-- Grain: one row a fact, with the rate the panel gives.

{# The cell of each fact, worked out as core.tariff_on does: on its day, as known on its other day, without a claim. #}

with facts as (

    select
        fact_id,
        hts10,
        partner_code,
        day,
        known_on,
        coalesce(known_on, date '9999-12-30') as as_known_on,
        component,
        expected_rate,
        tolerance,
        citation
    from {{ ref('stg_law__facts') }}

),

column2 as (

    select
        partner_code,
        valid_from,
        valid_to
    from {{ ref('int_partner__groups') }}
    where group_code = 'COLUMN2'

),

preferences as (

    select
        facts.fact_id,
        min(specials.special_rate) as special_rate
    from facts
    inner join {{ ref('int_ordinary__program_partners') }} as eligible
        on facts.partner_code = eligible.partner_code
        and facts.day >= eligible.valid_from
        and facts.day < eligible.valid_to
    inner join {{ ref('int_ordinary__special_rates') }} as specials
        on facts.hts10 = specials.hts10
        and eligible.program_code = specials.program_code
        and facts.day >= specials.valid_from
        and facts.day < specials.valid_to
        and facts.as_known_on >= specials.known_from
        and facts.as_known_on < specials.known_to
    group by facts.fact_id

),

cells as (

    select
        facts.fact_id,
        duties.general_rate,
        duties.column2_rate,
        preferences.special_rate,
        column2.partner_code is not null as pays_column2,
        {% for column in duty_columns().split() -%}
        rates.{{ column }},
        {% endfor -%}
        cast(0 as double) as claim_share
    from facts
    inner join {{ ref('int_tariff__product_classes') }} as goods on facts.hts10 = goods.hts10
    inner join {{ ref('int_tariff__partner_classes') }} as partners on facts.partner_code = partners.partner_code
    inner join {{ ref('int_tariff__treatments') }} as treatments
        on goods.product_class_id = treatments.product_class_id
        and partners.partner_class_id = treatments.partner_class_id
    inner join {{ ref('int_tariff__treatment_duty_sets') }} as sets
        on treatments.treatment_id = sets.treatment_id
        and facts.day >= sets.valid_from
        and facts.day < sets.valid_to
        and facts.as_known_on >= sets.known_from
        and facts.as_known_on < sets.known_to
    inner join {{ ref('int_tariff__duty_rates') }} as rates
        on sets.duty_set_id = rates.duty_set_id
        and (rates.product_class_id = 0 or goods.product_class_id = rates.product_class_id)
    left join {{ ref('int_ordinary__duties') }} as duties
        on facts.hts10 = duties.hts10
        and facts.day >= duties.valid_from
        and facts.day < duties.valid_to
        and facts.as_known_on >= duties.known_from
        and facts.as_known_on < duties.known_to
    left join preferences on facts.fact_id = preferences.fact_id
    left join column2
        on facts.partner_code = column2.partner_code
        and facts.day >= column2.valid_from
        and facts.day < column2.valid_to

),

{{ worked_cells(['fact_id']) }}

select
    facts.fact_id,
    facts.hts10,
    facts.partner_code,
    facts.day,
    facts.known_on,
    facts.component,
    facts.expected_rate,
    case
        {%- for component in components().split() %}
        when facts.component = '{{ component }}_rate' then worked.{{ component }}_unclaimed_rate
        {%- endfor %}
        else {{ total_rate('worked.charged_rate', 'unclaimed') }}
    end as panel_rate,
    facts.tolerance,
    facts.citation
from facts
left join worked on facts.fact_id = worked.fact_id
