-- Grain: one row a product scope × class of goods × part of the reach (included or left out).

{{ config(materialized='table', meta={'settles': true}) }}

{# When a class of goods is inside a scope. Classes reached in the same way share a reach. #}

with members as (

    select distinct
        classes.product_class_id,
        parts.list_part_id
    from {{ ref('int_tariff__product_classes') }} as classes
    inner join {{ ref('int_tariff__product_parts') }} as parts on classes.hts10 = parts.hts10

),

codes as (

    select distinct
        of_statement.product_scope_id,
        scopes.scope_code,
        scopes.is_excluded
    from {{ ref('stg_law__scopes') }} as scopes
    inner join {{ ref('int_tariff__statement_scopes') }} as of_statement
        on scopes.statement_id = of_statement.statement_id
    where scopes.scope_kind = 'product'

),

pieces as (

    select
        codes.product_scope_id,
        members.product_class_id,
        codes.is_excluded,
        parts.valid_from,
        parts.valid_to,
        parts.known_from,
        parts.known_to
    from codes
    inner join {{ ref('int_tariff__list_parts') }} as parts on codes.scope_code = parts.list_code
    inner join members on parts.list_part_id = members.list_part_id
    union
    select
        codes.product_scope_id,
        classes.product_class_id,
        codes.is_excluded,
        {{ always() }} as valid_from,
        {{ open_end() }} as valid_to,
        {{ always() }} as known_from,
        {{ open_end() }} as known_to
    from codes
    cross join (select distinct product_class_id from {{ ref('int_tariff__product_classes') }}) as classes
    where codes.scope_code = 'ALL'

),

{{ reach_of('product') }}
