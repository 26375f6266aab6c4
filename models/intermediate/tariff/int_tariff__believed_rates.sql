-- Grain: one row a day of belief × day the belief is about × partner (or ALL).

{#
    What is known now of a day's rate, less all that became known of it after the day of belief. Asked on the first of
    every month about a day 30, 60 and 90 days ahead, and on that day itself. Nothing is believed on a day law has not
    been read to.
#}

{{ config(materialized='table') }}

with asked as (

    select
        first_on as believed_on,
        valid_on
    from {{ ref('int_tariff__horizons') }}
    union
    select
        valid_on as believed_on,
        valid_on
    from {{ ref('int_tariff__horizons') }}

),

questions as (

    select
        asked.believed_on,
        asked.valid_on
    from asked
    inner join (select max(reviewed_on) as last_on from {{ ref('int_policy__acts') }}) as reviewed
        on asked.believed_on <= reviewed.last_on

),

{{ belief_change_ctes(ref('int_tariff__belief_sums'), '(select distinct valid_on from questions)', 'valid_on') }},

later as (

    select
        questions.believed_on,
        questions.valid_on,
        summed.partner_code,
        sum(summed.change_usd) as change_usd
    from questions
    inner join summed
        on
        questions.valid_on = summed.valid_on
        and questions.believed_on < summed.known_on
    group by questions.believed_on, questions.valid_on, summed.partner_code

),

levels as (

    select
        partner_code,
        valid_from,
        valid_to,
        import_value_consumption_usd,
        base_duty_usd
        {%- for part in components().split() %}
        + {{ part }}_duty_usd
        {%- endfor %} as duty_usd
    from {{ ref('int_tariff__weighted_levels') }}
    where
        weight_year = {{ var('weight_year_of_beliefs') }}
        and product_level = 'ALL'
        and import_value_consumption_usd > 0

)

select
    questions.believed_on,
    questions.valid_on,
    levels.partner_code,
    case
        when later.change_usd is null
            then cast(levels.duty_usd as double) / levels.import_value_consumption_usd
        else cast(levels.duty_usd - later.change_usd as double) / levels.import_value_consumption_usd
    end as effective_rate
from questions
inner join levels
    on
    questions.valid_on >= levels.valid_from
    and questions.valid_on < levels.valid_to
left join later
    on
    questions.believed_on = later.believed_on
    and questions.valid_on = later.valid_on
    and levels.partner_code = later.partner_code
