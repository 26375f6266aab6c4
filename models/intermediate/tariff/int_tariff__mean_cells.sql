-- Grain: one row a partner × treatment × class of goods (0: all of it) × interval between two of its changes.

{#
    Ordinary duty and claims of a year's trade, averaged over the goods a treatment reaches alike: running sums of value
    times rate over the days on which a line's rate or claim share changes, as known now. Classes are told apart only
    where their duty divides by metal content.
#}

{%- set ordered = 'partition by partner_code, treatment_id, product_class_id order by changed_on' %}

with cells as (

    select
        weights.hts10,
        weights.partner_code,
        treatments.treatment_id,
        goods.product_class_id,
        weights.import_value_consumption_usd
    from {{ ref('int_tariff__weights') }} as weights
    inner join {{ ref('int_tariff__product_classes') }} as goods on weights.hts10 = goods.hts10
    inner join {{ ref('int_tariff__partner_classes') }} as partners on weights.partner_code = partners.partner_code
    inner join {{ ref('int_tariff__treatments') }} as treatments
        on goods.product_class_id = treatments.product_class_id
        and partners.partner_class_id = treatments.partner_class_id
    where weights.weight_year = {{ var('weight_year_of_beliefs') }}

),

rated as (

    select
        cells.partner_code,
        cells.treatment_id,
        cells.product_class_id,
        cells.import_value_consumption_usd as value_usd,
        ordinary.general_rate,
        ordinary.column2_rate,
        case when spans.special_rate < ordinary.general_rate then spans.special_rate else ordinary.general_rate end
            as special_rate,
        case when spans.claim_share > 0 then spans.claim_share else 0 end as claim_share,
        case when spans.valid_from > ordinary.valid_from then spans.valid_from else ordinary.valid_from end
            as valid_from,
        case when spans.valid_to < ordinary.valid_to then spans.valid_to else ordinary.valid_to end as valid_to
    from cells
    inner join {{ ref('int_ordinary__carried_duties') }} as ordinary on cells.hts10 = ordinary.hts10
    left join {{ ref('int_tariff__preferred_spans') }} as spans
        on cells.hts10 = spans.hts10
        and cells.partner_code = spans.partner_code
        and ordinary.valid_from < spans.valid_to
        and ordinary.valid_to > spans.valid_from

),

seen as (

    select
        partner_code,
        treatment_id,
        product_class_id,
        cast(value_usd as decimal(28, 6)) as value_usd,
        cast(value_usd * general_rate as decimal(28, 6)) as general_usd,
        cast(value_usd * special_rate as decimal(28, 6)) as special_usd,
        cast(value_usd * column2_rate as decimal(28, 6)) as column2_usd,
        cast(value_usd * claim_share as decimal(28, 6)) as claim_usd,
        case when valid_from < first_day.first_on then first_day.first_on else valid_from end as valid_from,
        valid_to
    from rated
    cross join (select min(first_on) as first_on from {{ ref('int_tariff__belief_days') }}) as first_day
    where valid_to > first_day.first_on

),

changes as (

    select
        partner_code,
        treatment_id,
        product_class_id,
        valid_from as changed_on,
        value_usd,
        general_usd,
        special_usd,
        column2_usd,
        claim_usd
    from seen
    union all
    select
        partner_code,
        treatment_id,
        product_class_id,
        valid_to as changed_on,
        -value_usd as value_usd,
        -general_usd as general_usd,
        -special_usd as special_usd,
        -column2_usd as column2_usd,
        -claim_usd as claim_usd
    from seen
    where valid_to < {{ open_end() }}

),

divided as (

    select distinct product_class_id
    from {{ ref('int_tariff__duty_rates') }}
    where product_class_id > 0

),

summed as (

    select
        partner_code,
        treatment_id,
        0 as product_class_id,
        changed_on,
        sum(value_usd) as value_usd,
        sum(general_usd) as general_usd,
        sum(special_usd) as special_usd,
        sum(column2_usd) as column2_usd,
        sum(claim_usd) as claim_usd
    from changes
    group by partner_code, treatment_id, changed_on
    union all
    select
        changes.partner_code,
        changes.treatment_id,
        changes.product_class_id,
        changes.changed_on,
        sum(changes.value_usd) as value_usd,
        sum(changes.general_usd) as general_usd,
        sum(changes.special_usd) as special_usd,
        sum(changes.column2_usd) as column2_usd,
        sum(changes.claim_usd) as claim_usd
    from changes
    inner join divided on changes.product_class_id = divided.product_class_id
    group by changes.partner_code, changes.treatment_id, changes.product_class_id, changes.changed_on

),

levels as (

    select
        partner_code,
        treatment_id,
        product_class_id,
        changed_on as valid_from,
        lead(changed_on, 1, {{ open_end() }}) over ({{ ordered }}) as valid_to,
        sum(value_usd) over ({{ ordered }} rows between unbounded preceding and current row) as value_usd,
        sum(general_usd) over ({{ ordered }} rows between unbounded preceding and current row) as general_usd,
        sum(special_usd) over ({{ ordered }} rows between unbounded preceding and current row) as special_usd,
        sum(column2_usd) over ({{ ordered }} rows between unbounded preceding and current row) as column2_usd,
        sum(claim_usd) over ({{ ordered }} rows between unbounded preceding and current row) as claim_usd
    from summed

)

select
    partner_code,
    treatment_id,
    product_class_id,
    valid_from,
    valid_to,
    cast(value_usd as double) as value_usd,
    cast(general_usd as double) / cast(value_usd as double) as general_rate,
    cast(special_usd as double) / cast(value_usd as double) as special_rate,
    cast(column2_usd as double) / cast(value_usd as double) as column2_rate,
    cast(claim_usd as double) / cast(value_usd as double) as claim_share
from levels
where value_usd > 0
