-- Grain: one row a partner × part of the tariff (six digits, chapter, all).

{#
    What all lines with evidence come to together, by value: for lines without. Sums are of decimals, which come out the
    same in whatever order they are added.
#}

with members as (

    select distinct partner_code from {{ ref('int_claim__recorded_months') }}

),

evidence as (

    select
        partner_code,
        hts10,
        cast(sum(total_usd) as decimal(28, 6)) as value_usd,
        cast(sum(claimed_usd) as decimal(28, 6)) as claimed_usd
    from {{ ref('int_claim__recorded_months') }}
    group by partner_code, hts10
    union all
    select
        paid.partner_code,
        paid.hts10,
        cast(paid.value_usd as decimal(28, 6)) as value_usd,
        cast(paid.claim_share * paid.value_usd as decimal(28, 6)) as claimed_usd
    from {{ ref('int_claim__duty_paid') }} as paid
    left join members on paid.partner_code = members.partner_code
    where members.partner_code is null

)
{% for digits, assumption in [(6, 'A-PREF-07'), (2, 'A-PREF-08'), (0, 'A-PREF-09')] %}
select
    partner_code,
    {{ digits }} as digit_count,
    substr(hts10, 1, {{ digits }}) as hts_prefix,
    '{{ assumption }}' as assumption_id,
    cast(sum(claimed_usd) as double) / cast(sum(value_usd) as double) as claim_share
from evidence
group by partner_code, substr(hts10, 1, {{ digits }})
{%- if not loop.last %}
union all
{%- endif %}
{%- endfor %}
