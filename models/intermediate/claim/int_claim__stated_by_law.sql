-- Grain: one row a tariff line × partner × prefix × interval of a share that law/ states.

{# A share is stated for one partner; rows without one state nothing here. #}

with shares as (

    select
        assumption_id,
        hts_prefix,
        length(hts_prefix) as digit_count,
        partner_code,
        share as claim_share,
        valid_from,
        valid_to
    from {{ ref('stg_law__shares') }}
    where kind = 'claim' and partner_code is not null and hts_prefix is not null

),

lengths as (

    select distinct digit_count from shares

),

products as (

    select hts10 from {{ ref('int_product__lines') }}

)

select
    products.hts10,
    shares.partner_code,
    shares.digit_count,
    shares.claim_share,
    shares.assumption_id,
    shares.valid_from,
    shares.valid_to
from products
cross join lengths
inner join shares
    on lengths.digit_count = shares.digit_count
    and substr(products.hts10, 1, lengths.digit_count) = shares.hts_prefix
