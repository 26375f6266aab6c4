-- Grain: one row a month × issuer × authority with an act.

with acts as (

    select
        {{ first_of_month(first_statement_on()) }} as month,
        issuer,
        issuer_country,
        authority,
        direction
    from {{ ref('dim_action') }}

)

select
    month,
    issuer,
    authority,
    min(issuer_country) as issuer_country,
    cast(sum(case when direction = 'tighten' then 1 else 0 end) as bigint) as tighten_count,
    cast(sum(case when direction = 'loosen' then 1 else 0 end) as bigint) as loosen_count,
    cast(sum(case when direction = 'neutral' then 1 else 0 end) as bigint) as neutral_count
from acts
where month is not null
group by month, issuer, authority
