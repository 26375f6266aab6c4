-- Grain: one row a weighted line × partner × interval between two changes of its ordinary duty or claims.

{{ config(materialized='table') }}

{#
    Since the first day, or day of law, of any step. Cells with one ordinary duty, whatever share of them claims, share
    an ordinary_id: a set's duty is worked out once for it.
#}

with first_step as (

    select min(least(valid_from, as_on)) as first_on
    from {{ ref('stg_scenario__steps') }}

),

rated as (

    select
        cells.hts10,
        cells.partner_code,
        cells.product_class_id,
        treatments.treatment_id,
        weights.import_value_consumption_usd,
        ordinary.general_rate,
        ordinary.column2_rate,
        ordinary.valid_from,
        ordinary.valid_to
    from {{ ref('int_tariff__weights') }} as weights
    inner join {{ ref('int_tariff__weighted_cells') }} as cells
        on weights.hts10 = cells.hts10 and weights.partner_code = cells.partner_code
    inner join {{ ref('int_tariff__treatments') }} as treatments
        on cells.product_class_id = treatments.product_class_id
        and cells.partner_class_id = treatments.partner_class_id
    inner join {{ ref('int_ordinary__carried_duties') }} as ordinary on cells.hts10 = ordinary.hts10
    inner join first_step on ordinary.valid_to > first_step.first_on
    where
        weights.weight_year = {{ var('weight_year_of_beliefs') }}
        and treatments.treatment_id in (select treatment_id from {{ ref('int_scenario__groups') }})

),

members as (

    select
        partner_code,
        valid_from,
        valid_to,
        lag(valid_to, 1, {{ always() }}) over (partition by partner_code order by valid_from) as valid_to_before,
        row_number() over (partition by partner_code order by valid_from desc) = 1 as is_last
    from {{ ref('int_partner__groups') }}
    where group_code = 'COLUMN2'

),

-- All of a partner's time that is ever in column 2, in it and out of it.
column2 as (

    select
        partner_code,
        valid_from,
        valid_to,
        true as pays_column2
    from members
    union all
    select
        partner_code,
        valid_to_before as valid_from,
        valid_from as valid_to,
        false as pays_column2
    from members
    where valid_to_before < valid_from
    union all
    select
        partner_code,
        valid_to as valid_from,
        {{ open_end() }} as valid_to,
        false as pays_column2
    from members
    where is_last and valid_to < {{ open_end() }}

),

preferred as (

    select
        rated.hts10,
        rated.partner_code,
        rated.product_class_id,
        rated.treatment_id,
        rated.import_value_consumption_usd,
        rated.general_rate,
        rated.column2_rate,
        spans.special_rate,
        case when spans.claim_share > 0 then spans.claim_share else 0 end as claim_share,
        case when spans.valid_from > rated.valid_from then spans.valid_from else rated.valid_from end as valid_from,
        case when spans.valid_to < rated.valid_to then spans.valid_to else rated.valid_to end as valid_to
    from rated
    cross join first_step
    left join {{ ref('int_tariff__preferred_spans') }} as spans
        on rated.hts10 = spans.hts10
        and rated.partner_code = spans.partner_code
        and rated.valid_from < spans.valid_to
        and rated.valid_to > spans.valid_from
        and first_step.first_on < spans.valid_to

),

charged as (

    select
        preferred.hts10,
        preferred.partner_code,
        preferred.product_class_id,
        preferred.treatment_id,
        preferred.import_value_consumption_usd,
        preferred.general_rate,
        preferred.special_rate,
        preferred.column2_rate,
        column2.pays_column2 is not null and column2.pays_column2 as pays_column2,
        preferred.claim_share,
        case when column2.valid_from > preferred.valid_from then column2.valid_from else preferred.valid_from end
            as valid_from,
        case when column2.valid_to < preferred.valid_to then column2.valid_to else preferred.valid_to end as valid_to
    from preferred
    left join column2
        on preferred.partner_code = column2.partner_code
        and preferred.valid_from < column2.valid_to
        and preferred.valid_to > column2.valid_from

)

select
    hts10,
    partner_code,
    product_class_id,
    treatment_id,
    import_value_consumption_usd,
    cast(dense_rank() over (order by general_rate, special_rate, column2_rate, pays_column2) as integer) as ordinary_id,
    general_rate,
    special_rate,
    column2_rate,
    pays_column2,
    claim_share,
    valid_from,
    valid_to
from charged
