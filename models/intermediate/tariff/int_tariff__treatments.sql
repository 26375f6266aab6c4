-- Grain: one row a class of goods × class of partners.

{{ config(materialized='table') }}

{# Pairs that the same measures reach in the same way share a treatment: the law is worked out once for each. #}

with scope_pairs as (

    select distinct
        product_scope_id,
        partner_scope_id
    from {{ ref('int_tariff__statement_scopes') }}

),

products as (

    select distinct
        product_scope_id,
        product_class_id,
        product_reach_id
    from {{ ref('int_tariff__product_reach') }}

),

partners as (

    select distinct
        partner_scope_id,
        partner_class_id,
        partner_reach_id
    from {{ ref('int_tariff__partner_reach') }}

),

signatures as (

    select
        products.product_class_id,
        partners.partner_class_id,
        {{ joined_text(
            "concat(cast(products.product_reach_id as string), '-', cast(partners.partner_reach_id as string))", ','
        ) }} as reaches
    from scope_pairs
    inner join products on scope_pairs.product_scope_id = products.product_scope_id
    inner join partners on scope_pairs.partner_scope_id = partners.partner_scope_id
    group by products.product_class_id, partners.partner_class_id

)

select
    goods.product_class_id,
    partners.partner_class_id,
    cast(dense_rank() over (order by coalesce(signatures.reaches, '')) as integer) as treatment_id
from (select distinct product_class_id from {{ ref('int_tariff__goods_classes') }}) as goods
cross join (select distinct partner_class_id from {{ ref('int_tariff__partner_classes') }}) as partners
left join signatures
    on goods.product_class_id = signatures.product_class_id
    and partners.partner_class_id = signatures.partner_class_id
