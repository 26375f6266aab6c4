{# What policy_events.predictability_monthly is measured by, beside the reversals of macros/ledger.sql. #}

{#
    The CTE `kept`: provision × rate in force 90 days after the first statement over the rate announced. The
    rate in force is the mean over the measures that carry the provision, nothing where nothing holds; without
    measures it is all of it while the provision is in force. Follows the CTEs `acts`, `reviewed` and `spells`.
#}
{% macro follow_through_ctes() -%}
promised as (

    select
        provisions.action_id,
        provisions.provision_id,
        provisions.announced_rate,
        {{ days_after('acts.stated_on', 90) }} as due_on
    from {{ ref('fct_action_provision') }} as provisions
    inner join acts on provisions.action_id = acts.action_id
    inner join reviewed on {{ days_after('acts.stated_on', 90) }} <= reviewed.reviewed_on
    where provisions.announced_rate > 0

),

carried as (

    select
        promised.action_id,
        promised.provision_id,
        avg(case when measures.measure_rate is null then cast(0 as double) else measures.measure_rate end) as rate
    from promised
    inner join {{ ref('bridge_provision_measure') }} as carriers
        on
        promised.action_id = carriers.action_id
        and promised.provision_id = carriers.provision_id
    left join {{ ref('fct_measure') }} as measures
        on
        carriers.measure_id = measures.measure_id
        and measures.known_to = {{ open_end() }}
        and promised.due_on >= measures.valid_from
        and promised.due_on < measures.valid_to
    group by promised.action_id, promised.provision_id

),

kept as (

    select
        promised.action_id,
        promised.provision_id,
        case
            when carried.rate is not null then cast(carried.rate as double) / promised.announced_rate
            when spells.action_id is not null then cast(1 as double)
            else cast(0 as double)
        end as follow_through
    from promised
    left join carried
        on
        promised.action_id = carried.action_id
        and promised.provision_id = carried.provision_id
    left join spells
        on
        promised.action_id = spells.action_id
        and promised.provision_id = spells.provision_id
        and promised.due_on >= spells.started_on
        and promised.due_on < spells.ended_on

)
{%- endmacro %}


{#
    The CTEs `surprises` (month × partner: the rate of a day 30, 60 and 90 days after the first of the month, as
    known on that day less as known on the first) and `churned` (month × partner × authority: path over the size
    of the net change).
#}
{% macro panel_ctes() -%}
surprises as (

    select
        foreseen.believed_on as month,
        foreseen.partner_code,
        max(
            case
                when {{ days_between('foreseen.believed_on', 'foreseen.valid_on') }} = 30
                    then 100 * (found.effective_rate - foreseen.effective_rate)
            end
        ) as surprise_30d_pp,
        max(
            case
                when {{ days_between('foreseen.believed_on', 'foreseen.valid_on') }} = 60
                    then 100 * (found.effective_rate - foreseen.effective_rate)
            end
        ) as surprise_60d_pp,
        max(
            case
                when {{ days_between('foreseen.believed_on', 'foreseen.valid_on') }} = 90
                    then 100 * (found.effective_rate - foreseen.effective_rate)
            end
        ) as surprise_90d_pp
    from {{ ref('fct_believed_rate') }} as foreseen
    inner join {{ ref('fct_believed_rate') }} as found
        on
        foreseen.valid_on = found.believed_on
        and foreseen.valid_on = found.valid_on
        and foreseen.partner_code = found.partner_code
    where foreseen.believed_on < foreseen.valid_on
    group by foreseen.believed_on, foreseen.partner_code

),

duties as (

    select *
    from {{ ref('fct_weighted_duty') }}
    where
        weight_year = {{ var('weight_year_of_beliefs') }}
        and product_level = 'ALL'
        and import_value_consumption_usd > 0

),

by_authority as (

    {{ duties_by_authority('duties') }}

),

steps as (

    select
        partner_code,
        authority,
        {{ first_of_month('valid_from') }} as month,
        cast(100 * duty_usd as double) / import_value_consumption_usd
        - lag(cast(100 * duty_usd as double) / import_value_consumption_usd) over (
            partition by authority, partner_code order by valid_from
        ) as change_pp
    from by_authority

),

churned as (

    select
        partner_code,
        authority,
        month,
        case
            when abs(sum(change_pp)) > 0.000001 then cast(sum(abs(change_pp)) as double) / abs(sum(change_pp))
        end as churn
    from steps
    where abs(change_pp) > 0.000001
    group by partner_code, authority, month

)
{%- endmacro %}
