-- Grain: one row an act × provision.

{{ config(materialized='table') }}

{#
    An act without provisions of its own has one, "whole", on the act's day. A provision moves as its act does unless it
    says otherwise.
#}

with stated as (

    select
        action_id,
        provision_id,
        what,
        direction,
        effective_on,
        retroactive_to,
        expires_on,
        announced_rate,
        confirmed_on,
        confirmed_by,
        expiry_confirmed_on,
        expiry_confirmed_by,
        citation
    from {{ ref('stg_law__provisions') }}

),

whole as (

    select
        acts.action_id,
        'whole' as provision_id,
        acts.title as what,
        cast(null as string) as direction,
        acts.effective_on,
        cast(null as date) as retroactive_to,
        cast(null as date) as expires_on,
        cast(null as double) as announced_rate,
        cast(null as date) as confirmed_on,
        cast(null as string) as confirmed_by,
        cast(null as date) as expiry_confirmed_on,
        cast(null as string) as expiry_confirmed_by,
        acts.citation
    from {{ ref('int_policy__acts') }} as acts
    left join (select distinct action_id from stated) as divided on acts.action_id = divided.action_id
    where divided.action_id is null

),

every_one as (

    select * from stated
    union all
    select * from whole

)

select
    every_one.action_id,
    every_one.provision_id,
    every_one.what,
    coalesce(every_one.direction, acts.direction) as direction,
    every_one.effective_on,
    every_one.retroactive_to,
    every_one.expires_on,
    every_one.announced_rate,
    every_one.confirmed_on,
    every_one.confirmed_by,
    every_one.expiry_confirmed_on,
    every_one.expiry_confirmed_by,
    every_one.citation,
    acts.announced_on as act_announced_on,
    acts.signed_on as act_signed_on,
    acts.published_on as act_published_on,
    acts.known_on as act_known_on,
    coalesce(acts.document_number, acts.citation, acts.evidence) as act_document
from every_one
inner join {{ ref('int_policy__acts') }} as acts on every_one.action_id = acts.action_id
