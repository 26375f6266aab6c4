-- Grain: one row a partner.

{{ config(materialized='table') }}

{# Partners that measures name by the same codes at the same times are treated alike by every measure: one class. #}

with signatures as (

    select
        partner_code,
        {{ joined_text(
            "concat(scope_code, '|', cast(valid_from as string), '|', cast(valid_to as string))", ','
        ) }} as memberships
    from {{ ref('int_tariff__partner_memberships') }}
    group by partner_code

)

select
    partners.partner_code,
    cast(dense_rank() over (order by coalesce(signatures.memberships, '')) as integer) as partner_class_id
from {{ ref('int_partner__named') }} as partners
left join signatures on partners.partner_code = signatures.partner_code
