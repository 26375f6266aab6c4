-- Grain: one row a statement.

{{ config(materialized='table') }}

{# Statements about the same goods share a product scope; about the same partners, a partner scope. #}

with texts as (

    select
        statement_id,
        {{ joined_text(
            "case when scope_kind = 'product' then concat(case when is_excluded then '-' else '+' end, scope_code) end",
            ';'
        ) }} as products,
        {{ joined_text(
            "case when scope_kind = 'partner' then concat(case when is_excluded then '-' else '+' end, scope_code) end",
            ';'
        ) }} as partners
    from {{ ref('stg_law__scopes') }}
    group by statement_id

)

select
    statement_id,
    cast(dense_rank() over (order by products) as integer) as product_scope_id,
    cast(dense_rank() over (order by partners) as integer) as partner_scope_id
from texts
where products is not null and partners is not null
