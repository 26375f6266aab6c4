-- Grain: one row a ten-digit line.

{{ config(materialized='table') }}

{#
    Lines that are on the same parts of the same lists, with the same metal content, are treated alike by every measure:
    one class.
#}

with products as (

    select hts10 from {{ ref('int_product__lines') }}

),

lists as (

    select
        hts10,
        {{ joined_text('cast(list_part_id as string)', ',') }} as list_parts
    from {{ ref('int_tariff__product_parts') }}
    group by hts10

),

contents as (

    select
        hts10,
        {{ joined_text("concat(content, '=', cast(content_share as string))", ',') }} as contents
    from {{ ref('int_tariff__content_shares') }}
    group by hts10

)

select
    products.hts10,
    cast(
        dense_rank() over (order by coalesce(lists.list_parts, ''), coalesce(contents.contents, '')) as integer
    ) as product_class_id
from products
left join lists on products.hts10 = lists.hts10
left join contents on products.hts10 = contents.hts10
