-- Grain: one row a ten-digit line × metal whose share of its value is assumed.

{# Of several prefixes of one metal the longest is the line's. #}

with products as (

    select hts10 from {{ ref('int_product__lines') }}

),

shares as (

    select
        assumption_id,
        kind as content,
        hts_prefix,
        length(hts_prefix) as digit_count,
        share as content_share
    from {{ ref('stg_law__shares') }}
    where kind in ('steel', 'aluminum', 'copper')

),

lengths as (

    select distinct digit_count from shares

),

beginnings as (

    select
        products.hts10,
        lengths.digit_count,
        substr(products.hts10, 1, lengths.digit_count) as hts_prefix
    from products
    cross join lengths

),

matched as (

    select
        beginnings.hts10,
        shares.content,
        shares.content_share,
        shares.assumption_id,
        row_number() over (
            partition by beginnings.hts10, shares.content order by beginnings.digit_count desc, shares.assumption_id asc
        ) as place
    from beginnings
    inner join shares
        on beginnings.hts_prefix = shares.hts_prefix
        and beginnings.digit_count = shares.digit_count

)

select
    hts10,
    content,
    content_share,
    assumption_id
from matched
where place = 1
