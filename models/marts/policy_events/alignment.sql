-- Grain: one row an act of the United States × act of another country that follows it within a year.

with acts as (

    select
        action_id,
        issuer,
        issuer_country,
        authority,
        direction,
        {{ first_statement_on() }} as stated_on
    from {{ ref('dim_action') }}

),

sectors as (

    select distinct
        action_id,
        target_code as sector
    from {{ ref('bridge_action_target') }}
    where target_kind = 'sector'

),

{# What aims at the United States, or answers an act of theirs, follows nobody. #}
answers as (

    select action_id
    from {{ ref('bridge_action_target') }}
    where target_kind = 'country' and target_code = 'US'
    union
    select relations.action_id
    from {{ ref('bridge_action_relation') }} as relations
    inner join acts on relations.related_action_id = acts.action_id
    where relations.relation = 'responds_to' and acts.issuer_country = 'US'

),

aims as (

    select
        action_id,
        target_code as country_code
    from {{ ref('bridge_action_target') }}
    where target_kind = 'country'
    union
    select
        targets.action_id,
        partners.iso2 as country_code
    from {{ ref('bridge_action_target') }} as targets
    inner join {{ ref('dim_partner') }} as partners on targets.target_code = partners.partner_code
    where targets.target_kind = 'partner' and partners.iso2 is not null

),

cited as (

    select
        related_action_id as action_id,
        action_id as follower_action_id,
        'cited' as basis,
        cast(null as string) as sector
    from {{ ref('bridge_action_relation') }}
    where relation = 'follows'

),

{# Both tighten in one sector, and the later is neither an answer nor of a country the earlier is aimed at. #}
same_sector as (

    select
        us_acts.action_id,
        followers.action_id as follower_action_id,
        'same_sector' as basis,
        us_sectors.sector
    from acts as us_acts
    inner join sectors as us_sectors on us_acts.action_id = us_sectors.action_id
    inner join sectors as other_sectors on us_sectors.sector = other_sectors.sector
    inner join acts as followers on other_sectors.action_id = followers.action_id
    left join answers on followers.action_id = answers.action_id
    left join aims
        on
        us_acts.action_id = aims.action_id
        and followers.issuer_country = aims.country_code
    where
        us_acts.direction = 'tighten'
        and followers.direction = 'tighten'
        and answers.action_id is null
        and aims.action_id is null

),

pairs as (

    select
        action_id,
        follower_action_id,
        min(basis) as basis,
        {{ joined_text('sector', '; ') }} as sectors
    from (
        select * from cited
        union all
        select * from same_sector
    ) as both_kinds
    group by action_id, follower_action_id

)

select
    pairs.action_id,
    followers.issuer as follower_issuer,
    followers.issuer_country as follower_country,
    pairs.follower_action_id,
    cast({{ days_between('us_acts.stated_on', 'followers.stated_on') }} as bigint) as days_later,
    pairs.basis,
    pairs.sectors,
    us_acts.authority,
    followers.authority as follower_authority
from pairs
inner join acts as us_acts on pairs.action_id = us_acts.action_id
inner join acts as followers on pairs.follower_action_id = followers.action_id
where
    us_acts.issuer_country = 'US'
    and followers.issuer_country <> 'US'
    and followers.stated_on >= us_acts.stated_on
    and followers.stated_on <= {{ days_after('us_acts.stated_on', 365) }}
