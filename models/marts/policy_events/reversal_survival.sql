-- Grain: one row an issuer × authority × administration × number of days after which a run ended.

with {{ reversal_ctes() }},

added_up as (

    select
        action_id,
        provision_id,
        started_on,
        reversed_on,
        sum(share_undone) over (
            partition by action_id, provision_id, started_on
            order by reversed_on asc
            range between unbounded preceding and current row
        ) as share_so_far
    from undone
    where started_on is not null

),

half_undone as (

    select
        action_id,
        provision_id,
        started_on,
        min(reversed_on) as reversed_on
    from added_up
    where share_so_far >= 0.5
    group by action_id, provision_id, started_on

),

followed as (

    select
        acts.issuer,
        acts.authority,
        coalesce(acts.administration, 'none') as administration,
        {{ days_between(
            'spells.started_on', 'least(half_undone.reversed_on, spells.ended_on, reviewed.reviewed_on)'
        ) }} as days,
        case when half_undone.reversed_on <= reviewed.reviewed_on then 1 else 0 end as is_reversed
    from spells
    inner join provisions
        on
        spells.action_id = provisions.action_id
        and spells.provision_id = provisions.provision_id
    inner join {{ ref('dim_action') }} as acts on spells.action_id = acts.action_id
    cross join ({{ reviewed_to() }}) as reviewed
    left join half_undone
        on
        spells.action_id = half_undone.action_id
        and spells.provision_id = half_undone.provision_id
        and spells.started_on = half_undone.started_on
    where provisions.direction = 'tighten' and spells.started_on < reviewed.reviewed_on

),

counted as (

    select
        case when grouping(issuer) = 1 then 'ALL' else issuer end as issuer,
        case when grouping(authority) = 1 then 'ALL' else authority end as authority,
        case when grouping(administration) = 1 then 'ALL' else administration end as administration,
        days,
        count(*) as spell_count,
        sum(is_reversed) as reversed_count
    from followed
    group by grouping sets (
        (issuer, authority, administration, days),
        (issuer, authority, days),
        (issuer, administration, days),
        (authority, administration, days),
        (issuer, days),
        (authority, days),
        (administration, days),
        (days)
    )

),

at_risk as (

    select
        issuer,
        authority,
        administration,
        days,
        reversed_count,
        spell_count - reversed_count as censored_count,
        sum(spell_count) over (
            partition by issuer, authority, administration
            order by days desc
            rows between unbounded preceding and current row
        ) as at_risk_count
    from counted

),

stepped as (

    select
        issuer,
        authority,
        administration,
        days,
        at_risk_count,
        reversed_count,
        censored_count,
        case
            when reversed_count < at_risk_count
                then ln(1 - cast(reversed_count as double) / at_risk_count)
        end as log_step
    from at_risk

)

select
    issuer,
    authority,
    administration,
    cast(days as bigint) as days,
    cast(at_risk_count as bigint) as at_risk_count,
    cast(reversed_count as bigint) as reversed_count,
    cast(censored_count as bigint) as censored_count,
    case
        when log_step is null then cast(0 as double)
        else round(
            exp(
                sum(log_step) over (
                    partition by issuer, authority, administration
                    order by days asc
                    rows between unbounded preceding and current row
                )
            ),
            12
        )
    end as survival_share
from stepped
