-- Grain: one row a treatment × statement × part of the reach (included or left out), on both clocks.

{{ config(materialized='table') }}

{# Where the measure holds, the goods are inside and the partner is inside: the meeting of three rectangles. #}

with examples as (

    select
        treatment_id,
        product_class_id,
        partner_class_id,
        row_number() over (partition by treatment_id order by product_class_id, partner_class_id) as place
    from {{ ref('int_tariff__treatments') }}

),

scoped as (

    select
        measures.statement_number,
        scopes.product_scope_id,
        scopes.partner_scope_id,
        measures.valid_from,
        measures.valid_to,
        measures.known_from,
        measures.known_to
    from {{ ref('int_tariff__measures') }} as measures
    inner join {{ ref('int_tariff__statement_scopes') }} as scopes on measures.statement_id = scopes.statement_id

),

meetings as (

    select
        examples.treatment_id,
        scoped.statement_number,
        products.is_excluded or partners.is_excluded as is_excluded,
        greatest(scoped.valid_from, products.valid_from, partners.valid_from) as valid_from,
        least(scoped.valid_to, products.valid_to, partners.valid_to) as valid_to,
        greatest(scoped.known_from, products.known_from, partners.known_from) as known_from,
        least(scoped.known_to, products.known_to, partners.known_to) as known_to
    from examples
    inner join {{ ref('int_tariff__partner_reach') }} as partners
        on examples.partner_class_id = partners.partner_class_id
    inner join {{ ref('int_tariff__product_reach') }} as products
        on examples.product_class_id = products.product_class_id
    inner join scoped
        on partners.partner_scope_id = scoped.partner_scope_id
        and products.product_scope_id = scoped.product_scope_id
    where examples.place = 1

)

select distinct
    treatment_id,
    statement_number,
    is_excluded,
    valid_from,
    valid_to,
    known_from,
    known_to
from meetings
where valid_from < valid_to and known_from < known_to
